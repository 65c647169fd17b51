package dev.belfry.server.cli;

import picocli.CommandLine.Command;

/** {@code belfry account add}: a command for each network. */
@Command(
    name = "add",
    header = "Log in on a network.",
    description = "",
    footer = {
      "",
      "Example:",
      "  belfry account add matrix --homeserver https://matrix.org --user ada"
    })
final class AccountAdd extends CommandGroup {}
