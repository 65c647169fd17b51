package dev.belfry.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("unit")
class MarkdownTest {
  @Test
  void plainTextHasNoHtml() {
    for (var text :
        List.of(
            "",
            " ",
            "hello",
            "two\nlines",
            "two\n\nparagraphs",
            "1 < 2 & 3 > 2",
            "a*b and c_d_e",
            "<b>not bold</b>",
            "<script>alert(1)</script>",
            "<div>\nblock\n</div>",
            "https://example.org/a_b_c",
            "\ud83d\ude00")) {
      assertNull(Markdown.html(text), text);
    }
  }

  @Test
  void formattingGivesHtml() {
    assertEquals("<strong>bold</strong>", Markdown.html("**bold**"));
    assertEquals("<em>it</em> and <del>gone</del>", Markdown.html("*it* and ~~gone~~"));
    assertEquals("<code>a &lt; b</code>", Markdown.html("`a < b`"));
    assertEquals("<a href=\"https://x.org\">x</a>", Markdown.html("[x](https://x.org)"));
    assertEquals("<h1>Title</h1>", Markdown.html("# Title"));
    assertEquals("one<br><strong>two</strong>", Markdown.html("one\n**two**"));
    assertEquals("<hr />", Markdown.html("---"));
    assertEquals(
        "<pre><code class=\"language-java\">var x = 1;\n</code></pre>",
        Markdown.html("```java\nvar x = 1;\n```"));
    assertEquals("<blockquote>\n<p>said</p>\n</blockquote>", Markdown.html("> said"));
    assertEquals("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", Markdown.html("- a\n- b"));
  }

  @Test
  void htmlInTheInputIsText() {
    assertEquals(
        "<strong>b</strong> &lt;script&gt;alert(1)&lt;/script&gt;",
        Markdown.html("**b** <script>alert(1)</script>"));
    assertEquals(
        "<strong>b</strong> &lt;img src=x onerror=alert(1)&gt;",
        Markdown.html("**b** <img src=x onerror=alert(1)>"));
  }

  private static final Pattern TAG =
      Pattern.compile(
          "<(/?)(strong|em|del|code|pre|a|h[1-6]|br|hr|blockquote|p|ul|ol|li|img)( [^<>]*)?/?>");

  @Test
  void nothingThatRuns() {
    for (var text :
        List.of(
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](java\nscript:alert(1))",
            "[x](\u0001javascript:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](vbscript:x)",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "![x](javascript:alert(1))",
            "<javascript:alert(1)>",
            "[x]: javascript:alert(1)\n[x]",
            "[x](https://a.b \"\\\" onmouseover=alert(1) x=\\\"\")",
            "[x](https://a.b\" onmouseover=\"alert(1))",
            "```\"><script>\nx\n```",
            "`<script>`",
            "*<script>alert(1)</script>*",
            "**x** <a href='javascript:alert(1)'>y</a>",
            "**x** <!-- <b> --> <![CDATA[<b>]]> <?php ?>")) {
      var html = String.valueOf(Markdown.html(text));
      var rest = TAG.matcher(html).replaceAll("");
      assertFalse(rest.contains("<"), text + " gives " + html);
      var lower = html.toLowerCase(Locale.ROOT);
      for (var attribute : List.of("=\"javascript", "=\"vbscript", "=\"data:")) {
        assertFalse(lower.contains(attribute), text + " gives " + html);
      }
      assertFalse(TAG.matcher(html).results().anyMatch(tag -> hasHandler(tag.group())), html);
    }
  }

  /** An attribute named on..., outside the quotes of another. */
  private static boolean hasHandler(String tag) {
    return tag.replaceAll("\"[^\"]*\"", "").matches(".*\\son\\w+\\s*=.*");
  }

  @Test
  void pathologicalInputTakesNoTime() {
    int n = 100_000;
    for (var text :
        List.of(
            "[".repeat(n),
            "![".repeat(n),
            "*".repeat(n),
            "_".repeat(n),
            "~".repeat(n),
            "`".repeat(n),
            ">".repeat(n),
            "> ".repeat(n),
            "- ".repeat(n),
            "1. ".repeat(n),
            "\\".repeat(n),
            "<".repeat(n),
            "<a ".repeat(n),
            "<!--".repeat(n),
            "&".repeat(n),
            "[a](".repeat(n),
            "[a](<b".repeat(n),
            "[](".repeat(n),
            "*a ".repeat(n),
            "*a_ ".repeat(n),
            "**x [a*b**c*](d".repeat(n / 4),
            "a**b" + "c* ".repeat(n),
            "`a``b```c".repeat(n),
            "~~a ~b ".repeat(n),
            "[a]: b\n".repeat(n),
            "a\n===\n".repeat(n),
            " ".repeat(n) + "x",
            "\n".repeat(n) + "*x*",
            "x".repeat(n * 10),
            "[[]()".repeat(n),
            "*".repeat(n) + "a" + "*".repeat(n),
            nested(">", n),
            "(".repeat(n) + "[a](" + "(".repeat(n))) {
      var shorter = text.substring(0, Math.min(text.length(), 32_000));
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            var _ = Markdown.html(text);
            var _ = Markdown.html(shorter);
          },
          () -> text.substring(0, 10) + "...");
    }
  }

  @Test
  void deepInputTakesNoStack() {
    var text = new StringBuilder();
    for (int i = 0; i < 8_000; i++) {
      text.append(i % 2 == 0 ? "*a" : "_a");
    }
    for (int i = 0; i < 8_000; i++) {
      text.append(i % 2 == 0 ? "_" : "*");
    }
    for (var deep : List.of(text.toString(), ">".repeat(30_000) + "x", "- ".repeat(15_000) + "x")) {
      assertTrue(String.valueOf(Markdown.html(deep)).length() > 100);
    }
  }

  @Test
  void veryLongTextIsSentAsItIs() {
    assertNull(Markdown.html("**x** ".repeat(10_000)));
  }

  private static String nested(String mark, int times) {
    var text = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      text.append(mark.repeat(Math.min(i, times))).append(" x\n");
    }
    return text.toString();
  }
}
