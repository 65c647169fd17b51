package dev.belfry.http.assets;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of the copy that it has (RFC 9110, section 13).
 *
 * @param etag of the file, with its quotation marks
 * @param modified to the second
 */
public record Conditions(HttpFields headers, String etag, Instant modified) {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** As headers write a time. */
  public static String date(Instant time) {
    return DATE.format(time);
  }

  /** Whether its copy is still right: 304. */
  public boolean isCurrent() {
    var tags = headers.getValuesList(HttpHeader.IF_NONE_MATCH);
    if (!tags.isEmpty()) {
      return tags.stream().anyMatch(this::names);
    }
    return time(headers.get(HttpHeader.IF_MODIFIED_SINCE))
        .filter(since -> !modified.isAfter(since))
        .isPresent();
  }

  private boolean names(String list) {
    if (list.strip().equals("*")) {
      return true;
    }
    for (var tag : list.split(",", -1)) {
      if (tag.strip().replaceFirst("^W/", "").equals(etag)) {
        return true;
      }
    }
    return false;
  }

  /** The range that it asks for, unless it wants that only of the copy it has begun. */
  public @Nullable String range() {
    var only = headers.get(HttpHeader.IF_RANGE);
    boolean applies =
        only == null
            || only.strip().equals(etag)
            || time(only).filter(modified::equals).isPresent();
    return applies ? headers.get(HttpHeader.RANGE) : null;
  }

  private static Optional<Instant> time(@Nullable String text) {
    try {
      return text == null
          ? Optional.empty()
          : Optional.of(
              ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
