package dev.belfry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class SearchTermsTest {
  @Test
  void pairsStandForTheirCharacters() {
    assertEquals(Set.of("一七"), SearchTerms.of("一七").whole());
    assertEquals(Set.of("一七"), SearchTerms.of("一 一七").whole());
    assertEquals(Set.of("東京", "京都"), SearchTerms.of("東京都").whole());
    assertEquals(List.of("東京都"), SearchTerms.of("東京都").runs());
    assertEquals(Set.of("東京", "都"), SearchTerms.of("東京 都").whole());
    assertEquals(Set.of("京"), SearchTerms.of("京").whole());
    assertEquals(Set.of("a", "ab"), SearchTerms.of("a ab").whole());
  }
}
