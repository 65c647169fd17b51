package dev.belfry.bench;

import dev.belfry.api.codec.Codec;
import dev.belfry.bench.data.DataSet;
import dev.belfry.bench.measure.Figures;
import dev.belfry.bench.suite.Result;
import dev.belfry.bench.suite.Result.Memory;
import dev.belfry.bench.suite.Result.Timed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report for programs; times in nanoseconds. */
final class JsonReport {
  private JsonReport() {}

  static void write(Path file, Machine machine, List<DataSet> sets, List<Result> results)
      throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put(
        "machine",
        Map.of(
            "cpu", machine.cpu(),
            "cores", (long) machine.cores(),
            "java", machine.java(),
            "system", machine.system(),
            "load", machine.load()));
    report.put("dataSets", sets.stream().map(JsonReport::dataSet).toList());
    report.put("results", results.stream().map(JsonReport::result).toList());
    Files.write(file, Codec.toBytes(report));
  }

  private static Map<String, Object> dataSet(DataSet set) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("messages", set.size().messages());
    json.put("chats", (long) set.size().chats());
    json.put("buildSeconds", set.building().nanos() / 1e9);
    json.put("messagesPerSecond", set.building().messagesPerSecond());
    json.put("messagesPerCpuSecond", set.building().messagesPerCpuSecond());
    return json;
  }

  private static Map<String, Object> result(Result result) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", result.name());
    json.put("title", result.title());
    json.put("messages", result.size().messages());
    switch (result) {
      case Timed timed -> {
        json.put("whole", figures(timed.whole()));
        timed.perSecond().ifPresent(rate -> json.put("perSecond", rate));
        Map<String, Object> parts = new LinkedHashMap<>();
        timed.parts().forEach((name, part) -> parts.put(name, figures(part)));
        json.put("parts", parts);
        timed.ratio().ifPresent(ratio -> json.put("ratio", ratio));
      }
      case Memory memory -> json.put("residentBytes", memory.bytes());
    }
    return json;
  }

  private static Map<String, Object> figures(Figures figures) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("count", figures.count());
    json.put("p50", figures.p50());
    json.put("p99", figures.p99());
    json.put("mean", figures.mean());
    json.put("cpuP50", figures.cpuP50());
    json.put("cpuMean", figures.cpuMean());
    return json;
  }
}
