package dev.belfry.matrix.trixnity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import de.connect2x.lognity.api.logger.Level;
import de.connect2x.lognity.api.logger.Logger;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import kotlin.Unit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The library's log goes to ours, without a word of what people write. */
@Tag("unit")
class LoggingTest {
  private final List<String> lines = new ArrayList<>();
  private final java.util.logging.Logger target =
      java.util.logging.Logger.getLogger("dev.belfry.matrix");
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          lines.add(
              line.getLevel()
                  + " "
                  + MessageFormat.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  private final java.util.logging.@Nullable Level level = target.getLevel();

  @BeforeEach
  void listen() {
    target.setLevel(java.util.logging.Level.ALL);
    target.addHandler(handler);
  }

  @AfterEach
  void stop() {
    target.removeHandler(handler);
    target.setLevel(level);
  }

  private static Logger logger() {
    return Logging.INSTANCE.createLogger("de.connect2x.trixnity.client.Store", _ -> Unit.INSTANCE);
  }

  @Test
  void onlyPlaceAndKindOfFaultAreTold() {
    Logger log = logger();
    var fault = new IllegalStateException("Dear Bob", new java.io.IOException("/home/alice"));
    var text = new java.io.StringWriter();
    fault.printStackTrace(new java.io.PrintWriter(text));
    log.warn(_ -> "could not deserialize event: {\"body\":\"Dear Bob\"}: " + text);
    log.error(_ -> "This should never happen!!!");
    log.log(Level.FATAL, _ -> "Dear Bob");
    assertEquals(
        List.of(
            "FINE a fault in the Matrix library: Store IllegalStateException IOException",
            "WARNING a fault in the Matrix library: Store ",
            "WARNING a fault in the Matrix library: Store "),
        lines);
  }

  @Test
  void chatterIsNotEvenMade() {
    Logger log = logger();
    log.trace(_ -> {
      throw new AssertionError("made");
    });
    log.debug(_ -> {
      throw new AssertionError("made");
    });
    log.info(_ -> {
      throw new AssertionError("made");
    });
    assertEquals(List.of(), lines);
  }
}
