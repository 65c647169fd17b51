package dev.belfry.http.spec;

import static dev.belfry.http.spec.Tree.list;
import static dev.belfry.http.spec.Tree.object;
import static dev.belfry.http.spec.Tree.referred;
import static dev.belfry.http.spec.Tree.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The document as a page for people: plain HTML that loads nothing and runs nothing. */
public final class DocsPage {
  /** What the page needs of a browser; for its content security policy. */
  public static final String STYLE =
      """
      :root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
      code,.path{font-family:ui-monospace,monospace;font-size:.92em}h2{margin-top:3rem;border-bottom:2px solid}
      h3{margin-top:2.2rem}.method{display:inline-block;min-width:4.2rem;font-weight:700}
      table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.2rem .8rem .2rem 0;border-top:1px solid #8885}
      .old{opacity:.65}nav li{list-style:none}\
      """;

  private final Map<String, Object> document;
  private final StringBuilder page = new StringBuilder(1 << 16);

  private DocsPage(Map<String, Object> document) {
    this.document = document;
  }

  public static String of(Map<String, Object> document) {
    return new DocsPage(document).html();
  }

  private String html() {
    var about = object(document.get("info"));
    add("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
    add("<title>Belfry API</title><style>").add(STYLE).add("</style></head><body>");
    add("<h1>Belfry API</h1><p>").words(about.get("description")).add("</p>");
    add("<p>The same for programs: <a href=\"/v1/spec\">OpenAPI 3.1</a>.</p>");
    contents();
    list(document.get("tags")).forEach(tag -> section(object(tag)));
    add("<h2 id=\"objects\">Objects</h2>");
    schemas().forEach((name, schema) -> schema(name, object(schema)));
    add("</body></html>\n");
    return page.toString();
  }

  private Map<String, Object> schemas() {
    return object(object(document.get("components")).get("schemas"));
  }

  private void contents() {
    add("<nav><ul>");
    for (Object tag : list(document.get("tags"))) {
      String name = text(object(tag).get("name"));
      add("<li><a href=\"#").words(anchor(name)).add("\">").words(name).add("</a></li>");
    }
    add("<li><a href=\"#objects\">Objects</a></li></ul></nav>");
  }

  private static String anchor(String tag) {
    return tag.toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  private void section(Map<String, Object> tag) {
    String name = text(tag.get("name"));
    add("<h2 id=\"").words(anchor(name)).add("\">").words(name).add("</h2><p>");
    words(tag.get("description")).add("</p>");
    object(document.get("paths"))
        .forEach((path, methods) ->
            object(methods)
                .forEach((method, operation) -> {
                  if (list(object(operation).get("tags")).contains(name)) {
                    operation(path, method, object(operation));
                  }
                }));
  }

  private void operation(String path, String method, Map<String, Object> operation) {
    boolean old = operation.containsKey("deprecated");
    add(old ? "<section class=\"old\"><h3 id=\"" : "<section><h3 id=\"");
    words(operation.get("operationId")).add("\"><span class=\"method\">");
    words(method.toUpperCase(Locale.ROOT)).add("</span><span class=\"path\">").words(path);
    add("</span></h3><p><b>").words(operation.get("summary")).add(".</b> ");
    words(operation.get("description")).add(" ").add(scope(operation)).add("</p>");
    var parameters = list(operation.get("parameters"));
    if (!parameters.isEmpty()) {
      add("<table><tr><th>Parameter</th><th>Type</th><th></th></tr>");
      parameters.forEach(parameter -> parameter(resolved(parameter, "parameters")));
      add("</table>");
    }
    var body = object(operation.get("requestBody"));
    if (!body.isEmpty()) {
      add("<p>Body: ");
      object(body.get("content"))
          .forEach((type, content) -> type(object(object(content).get("schema"))).add(" "));
      add("</p>");
    }
    add("<table><tr><th>Answer</th><th></th><th></th></tr>");
    object(operation.get("responses")).forEach((status, response) -> response(status, response));
    add("</table></section>");
  }

  private static String scope(Map<String, Object> operation) {
    var security = list(operation.get("security"));
    if (security.isEmpty()) {
      return "Needs no token.";
    }
    var needed = list(object(security.getLast()).get("token"));
    if (needed.isEmpty()) {
      return "Needs a token of any scope.";
    }
    return security.size() > 1 ? "" : "Scope: " + escaped(text(needed.getFirst())) + ".";
  }

  private void parameter(Map<String, Object> parameter) {
    add("<tr><td><code>").words(parameter.get("name")).add("</code>");
    add(Boolean.TRUE.equals(parameter.get("required")) ? " required" : "").add("</td><td>");
    type(object(parameter.get("schema"))).add("</td><td>");
    words(parameter.get("description")).add(bounds(object(parameter.get("schema"))));
    add("</td></tr>");
  }

  private void response(String status, Object response) {
    var resolved = resolved(response, "responses");
    add("<tr><td>").words(status.equals("default") ? "other" : status).add("</td><td>");
    object(resolved.get("content"))
        .forEach((type, content) -> type(object(object(content).get("schema"))).add(" "));
    add("</td><td>").words(resolved.get("description")).add("</td></tr>");
  }

  /** What a reference stands for, with the words that stand beside it. */
  private Map<String, Object> resolved(Object value, String kind) {
    String name = referred(value);
    if (name.isEmpty()) {
      return object(value);
    }
    var all = object(object(document.get("components")).get(kind));
    var result = new LinkedHashMap<>(object(all.get(name)));
    result.putAll(object(value));
    return result;
  }

  private void schema(String name, Map<String, Object> schema) {
    add("<h3 id=\"").words(name).add("\">").words(name).add("</h3><p>");
    words(schema.get("description"));
    for (Object base : list(schema.get("allOf"))) {
      add(" All of ").type(object(base)).add(", and:");
    }
    add("</p>");
    var required = list(schema.get("required"));
    var properties = object(schema.get("properties"));
    if (properties.isEmpty()) {
      return;
    }
    add("<table>");
    properties.forEach((key, value) -> {
      var property = object(value);
      boolean old = property.containsKey("deprecated");
      add(old ? "<tr class=\"old\"><td><code>" : "<tr><td><code>").words(key).add("</code>");
      add(required.contains(key) ? " required" : "").add("</td><td>");
      type(property).add("</td><td>").words(property.get("description")).add(bounds(property));
      add("</td></tr>");
    });
    add("</table>");
  }

  private DocsPage type(Map<String, Object> schema) {
    String name = referred(schema);
    if (!name.isEmpty()) {
      return add("<a href=\"#").words(name).add("\">").words(name).add("</a>");
    }
    if (schema.containsKey("anyOf")) {
      String or = "";
      for (Object choice : list(schema.get("anyOf"))) {
        add(or).type(object(choice));
        or = " or ";
      }
      return this;
    }
    if (schema.containsKey("items")) {
      return add("list of ").type(object(schema.get("items")));
    }
    var values = object(schema.get("additionalProperties"));
    if (!values.isEmpty()) {
      return add("map to ").type(values);
    }
    var types = schema.get("type") instanceof String one ? List.of(one) : list(schema.get("type"));
    words(String.join(" or ", types.stream().map(Tree::text).toList()));
    return schema.containsKey("format") ? add(" (").words(schema.get("format")).add(")") : this;
  }

  private static String bounds(Map<String, Object> schema) {
    var text = new StringBuilder();
    var items = object(schema.get("items"));
    var choices = list((items.isEmpty() ? schema : items).get("enum"));
    if (!choices.isEmpty()) {
      text.append(" One of ");
      text.append(String.join(", ", choices.stream().map(Tree::text).toList())).append('.');
    }
    if (schema.containsKey("minimum") && schema.containsKey("maximum")) {
      text.append(" From ").append(schema.get("minimum"));
      text.append(" to ").append(schema.get("maximum")).append('.');
    }
    if (schema.containsKey("default")) {
      text.append(" Default: ").append(schema.get("default")).append('.');
    }
    return escaped(text.toString());
  }

  private DocsPage add(String html) {
    page.append(html);
    return this;
  }

  /** Text; what stands between backquotes is code. */
  private DocsPage words(@Nullable Object text) {
    return add(escaped(text(text)).replaceAll("`([^`]*)`", "<code>$1</code>"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
