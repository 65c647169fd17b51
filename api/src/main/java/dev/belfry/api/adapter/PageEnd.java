package dev.belfry.api.adapter;

import dev.belfry.api.MessageSearchPage;
import dev.belfry.api.Page;
import io.avaje.json.JsonReader;
import io.avaje.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What all pages have beside their items. */
final class PageEnd {
  boolean hasMore;
  @Nullable String oldestCursor;
  @Nullable String newestCursor;

  static PageEnd of(Page<?> page) {
    PageEnd end = new PageEnd();
    end.hasMore = page.hasMore();
    end.oldestCursor = page.oldestCursor();
    end.newestCursor = page.newestCursor();
    return end;
  }

  static PageEnd of(MessageSearchPage page) {
    PageEnd end = new PageEnd();
    end.hasMore = page.hasMore();
    end.oldestCursor = page.oldestCursor();
    end.newestCursor = page.newestCursor();
    return end;
  }

  void write(JsonWriter writer) {
    writer.name("hasMore");
    writer.value(hasMore);
    Nulls.write(writer, "oldestCursor", oldestCursor);
    Nulls.write(writer, "newestCursor", newestCursor);
  }

  void read(String name, JsonReader reader) {
    switch (name) {
      case "hasMore" -> hasMore = reader.readBoolean();
      case "oldestCursor" -> oldestCursor = reader.isNullValue() ? null : reader.readString();
      case "newestCursor" -> newestCursor = reader.isNullValue() ? null : reader.readString();
      default -> reader.skipValue();
    }
  }
}
