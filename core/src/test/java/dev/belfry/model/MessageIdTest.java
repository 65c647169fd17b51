package dev.belfry.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MessageIdTest {
  @Test
  void theSortKeyHasAllDigitsThatAPlaceCanHave() {
    assertEquals("0000000000000000001", new MessageId(1).sortKey());
    assertEquals("6881280000000000123", new MessageId(6_881_280_000_000_000_123L).sortKey());
    assertEquals("9223372036854775807", new MessageId(Long.MAX_VALUE).sortKey());
  }
}
