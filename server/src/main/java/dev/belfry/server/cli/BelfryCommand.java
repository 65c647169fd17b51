package dev.belfry.server.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code belfry} itself. */
@Command(
    name = "belfry",
    header = "One API over all your chats, served from your own machine.",
    description = "",
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit status:%n",
    footer = {
      "",
      "Commands on data work whether the server runs or not; only restore wants it stopped. Each has --help.",
      "",
      "First steps:",
      "  belfry serve --sandbox                                                  a living inbox to look at",
      "  belfry token create --name me                                           in another terminal",
      "  curl -H \"Authorization: Bearer TOKEN\" http://127.0.0.1:23373/v1/chats",
      "  belfry account add matrix --homeserver https://matrix.org --user ada    your own chats"
    })
final class BelfryCommand extends CommandGroup {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  boolean version;
}
