package dev.belfry.matrix;

import dev.belfry.matrix.http.MatrixApi;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.Login;
import dev.belfry.network.LoginStep;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Logging in with a password: one step. */
final class MatrixLogin implements Login {
  private static final System.Logger LOG = System.getLogger(MatrixLogin.class.getName());
  private final MatrixLinks links;
  private final Path folder;

  MatrixLogin(MatrixLinks links, Path folder) {
    this.links = links;
    this.folder = folder;
  }

  @Override
  public LoginStep begin() {
    return new LoginStep.UserInput(
        "password",
        "Log in to your Matrix homeserver. Belfry becomes one more device of yours.",
        List.of(
            new LoginStep.InputField(
                "homeserver", "Homeserver, such as https://example.org", "url"),
            new LoginStep.InputField("user", "User name or full Matrix id", "username"),
            new LoginStep.InputField("password", "Password", "password")));
  }

  @Override
  public LoginStep submit(Map<String, String> values) throws IOException, InterruptedException {
    String typed = values.getOrDefault("homeserver", "").strip();
    String user = values.getOrDefault("user", "").strip();
    String password = values.getOrDefault("password", "");
    if (typed.isEmpty() && user.startsWith("@") && user.indexOf(':') > 0) {
      typed = user.substring(user.indexOf(':') + 1);
    }
    if (typed.isEmpty() || user.isEmpty() || password.isEmpty()) {
      return new LoginStep.Failed("Homeserver, user name and password are all needed.");
    }
    URI homeserver = uri(typed);
    if (homeserver == null) {
      return new LoginStep.Failed(
          "The homeserver is not an address. Write it like https://example.org.");
    }
    try (MatrixLink link = links.login(folder, homeserver, user, password)) {
      Identity.keep(folder, link);
      return new LoginStep.Complete(self(link), link.userId());
    } catch (MatrixLinks.RefusedException e) {
      String why = e.getMessage();
      return new LoginStep.Failed(why == null ? "The homeserver refused the login." : why);
    }
  }

  private static @Nullable URI uri(String typed) {
    try {
      return new URI(typed);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The owner with name and picture, as far as the homeserver tells them. */
  private static User self(MatrixLink link) throws InterruptedException {
    User self = null;
    try (MatrixApi api = new MatrixApi(link.homeserver(), link.accessToken())) {
      self = Profiles.self(api, link.userId());
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, "the profile cannot be had now: {0}", e.toString());
    }
    return self == null ? User.of(new UserId(link.userId()), null).asSelf() : self;
  }

  @Override
  public void close() {
    // The one step either completes the login or leaves nothing behind.
  }
}
