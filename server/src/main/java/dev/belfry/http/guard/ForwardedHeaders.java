package dev.belfry.http.guard;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * Takes a proxy's word for how a client names us, and, where asked to, for who it is (contract,
 * auth.md, Base URL). Values that cannot be are passed over.
 */
public final class ForwardedHeaders implements HttpConfiguration.Customizer {
  private static final Pattern HOST =
      Pattern.compile("([A-Za-z0-9._-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(:[1-9][0-9]{0,4})?");

  private final boolean believesClient;

  /**
   * To be used where remote access is on.
   *
   * @param believesClient whether the last of {@code X-Forwarded-For}, which the nearest proxy
   *     wrote, is taken for the client's address
   */
  public ForwardedHeaders(boolean believesClient) {
    this.believesClient = believesClient;
  }

  @Override
  public Request customize(Request request, HttpFields.Mutable responseHeaders) {
    HttpFields headers = request.getHeaders();
    HttpURI uri = named(headers, request.getHttpURI());
    InetSocketAddress client = believesClient ? client(headers) : null;
    if (uri == null && client == null) {
      return request;
    }
    return new Forwarded(request, uri == null ? request.getHttpURI() : uri, client);
  }

  /** The same request as the connection brought it, whatever a proxy's headers say. */
  public static Request asSent(Request request) {
    Forwarded forwarded = Request.as(request, Forwarded.class);
    return forwarded == null ? request : forwarded.getWrapped();
  }

  private static @Nullable HttpURI named(HttpFields headers, HttpURI uri) {
    String scheme = scheme(first(headers, "X-Forwarded-Proto"));
    HostPort host = host(first(headers, "X-Forwarded-Host"));
    int port = port(first(headers, "X-Forwarded-Port"));
    if (scheme == null && host == null && port == 0) {
      return null;
    }
    var changed = HttpURI.build(uri);
    String now = scheme == null ? String.valueOf(uri.getScheme()) : scheme;
    int usual = now.equals("https") ? 443 : 80;
    changed.scheme(now);
    if (host != null) {
      changed.host(host.getHost()).port(port != 0 ? port : host.getPort(usual));
    } else if (port != 0) {
      changed.port(port);
    } else if (uri.getPort() <= 0) {
      changed.port(usual);
    }
    return changed.asImmutable();
  }

  private static @Nullable String scheme(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return HttpScheme.HTTPS.is(text) ? "https" : HttpScheme.HTTP.is(text) ? "http" : null;
  }

  private static @Nullable HostPort host(@Nullable String text) {
    try {
      return text != null && HOST.matcher(text).matches() ? new HostPort(text) : null;
    } catch (IllegalArgumentException e) {
      return null; // no such port
    }
  }

  private static int port(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,5}")) {
      return 0;
    }
    int port = Integer.parseInt(text);
    return port > 65535 ? 0 : port;
  }

  private static @Nullable InetSocketAddress client(HttpFields headers) {
    List<String> all = headers.getCSV("X-Forwarded-For", false);
    if (all.isEmpty()) {
      return null;
    }
    try {
      String address = all.getLast().replaceAll("^\\[|]$", "");
      return new InetSocketAddress(InetAddress.ofLiteral(address), 0);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static @Nullable String first(HttpFields headers, String name) {
    List<String> all = headers.getCSV(name, false);
    return all.isEmpty() ? null : all.getFirst();
  }

  private static final class Forwarded extends Request.Wrapper {
    private final HttpURI uri;
    private final HttpFields headers;
    private final ConnectionMetaData connection;

    Forwarded(Request request, HttpURI uri, @Nullable InetSocketAddress client) {
      super(request);
      this.uri = uri;
      // The two must agree, says Jetty.
      headers =
          HttpFields.build(request.getHeaders())
              .put(HttpHeader.HOST, String.valueOf(uri.getAuthority()))
              .asImmutable();
      connection =
          client == null
              ? request.getConnectionMetaData()
              : new ConnectionMetaData.Wrapper(request.getConnectionMetaData()) {
                @Override
                public SocketAddress getRemoteSocketAddress() {
                  return client;
                }
              };
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public HttpURI getHttpURI() {
      return uri;
    }

    @Override
    public ConnectionMetaData getConnectionMetaData() {
      return connection;
    }

    @Override
    public boolean isSecure() {
      return HttpScheme.HTTPS.is(uri.getScheme());
    }
  }
}
