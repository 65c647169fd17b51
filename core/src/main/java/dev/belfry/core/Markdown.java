package dev.belfry.core;

import java.util.List;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.CustomNode;
import org.commonmark.node.Document;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a user types, plain text or Markdown, into Matrix HTML: one rule set for sends, edits
 * and drafts (contract, Formatting rules for text). HTML in the input is text like any other.
 */
public final class Markdown {
  /**
   * In characters. Longer texts are sent as they are: no network takes them formatted, and some
   * cost the parser the square of their length.
   */
  private static final int LONGEST = 32_768;

  private static final int DEEPEST = 32;

  private static final Parser PARSER =
      Parser.builder()
          .extensions(List.of(StrikethroughExtension.create()))
          .maxOpenBlockParsers(DEEPEST)
          .maxInlineNesting(DEEPEST)
          .build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder()
          .extensions(List.of(StrikethroughExtension.create()))
          .escapeHtml(true)
          .sanitizeUrls(true)
          .urlSanitizer(new DefaultUrlSanitizer(List.of("http", "https", "mailto", "tel", "mxc")))
          .attributeProviderFactory(_ -> (_, _, attributes) -> attributes.remove("rel"))
          .omitSingleParagraphP(true)
          .softbreak("<br>")
          .build();

  private Markdown() {}

  /** The HTML of {@code text}, or null where it has no formatting and is best sent as it is. */
  public static @Nullable String html(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    var document = PARSER.parse(text);
    var formatting = new FormattingFinder();
    document.accept(formatting);
    return formatting.found ? RENDERER.render(document).strip() : null;
  }

  /** Looks for anything but words, lines and paragraphs. */
  private static final class FormattingFinder extends AbstractVisitor {
    private boolean found;

    @Override
    protected void visitChildren(Node parent) {
      switch (parent) {
        case Document _, Paragraph _, Text _, SoftLineBreak _, HardLineBreak _ -> {}
        default -> found = true;
      }
      super.visitChildren(parent);
    }

    @Override
    public void visit(HtmlInline node) {
      // Shown as it was typed.
    }

    @Override
    public void visit(HtmlBlock node) {
      // Shown as it was typed.
    }

    @Override
    public void visit(CustomNode node) {
      found = true;
    }

    @Override
    public void visit(org.commonmark.node.Code node) {
      found = true;
    }

    @Override
    public void visit(org.commonmark.node.FencedCodeBlock node) {
      found = true;
    }

    @Override
    public void visit(org.commonmark.node.IndentedCodeBlock node) {
      found = true;
    }

    @Override
    public void visit(org.commonmark.node.ThematicBreak node) {
      found = true;
    }
  }
}
