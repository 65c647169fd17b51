package dev.belfry.sandbox.media;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes a page of text as PDF. */
final class Pdf {
  private Pdf() {}

  /**
   * @param lines ASCII without brackets or backslashes
   */
  static byte[] page(List<String> lines) {
    StringBuilder text = new StringBuilder("BT /F1 12 Tf 50 780 Td 16 TL\n");
    for (String line : lines) {
      text.append('(').append(line).append(") Tj T*\n");
    }
    text.append("ET");
    List<String> objects =
        List.of(
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
                + " /Resources << /Font << /F1 4 0 R >> >> >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            "<< /Length " + text.length() + " >>\nstream\n" + text + "\nendstream");
    StringBuilder out = new StringBuilder("%PDF-1.4\n");
    List<Integer> places = new ArrayList<>();
    for (String object : objects) {
      places.add(out.length());
      out.append(places.size()).append(" 0 obj\n").append(object).append("\nendobj\n");
    }
    int table = out.length();
    out.append("xref\n0 ").append(places.size() + 1).append("\n0000000000 65535 f \n");
    places.forEach(place -> out.append("%010d 00000 n \n".formatted(place)));
    out.append("trailer << /Size ").append(places.size() + 1).append(" /Root 1 0 R >>\n");
    out.append("startxref\n").append(table).append("\n%%EOF\n");
    return out.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
