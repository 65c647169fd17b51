package dev.belfry.server.cli;

import picocli.CommandLine.Command;

/** {@code belfry account}. */
@Command(
    name = "account",
    header = "Add, list and remove accounts on networks.",
    description = "",
    footer = {
      "",
      "Example:",
      "  belfry account add matrix --homeserver https://matrix.org --user ada"
    })
final class AccountCommand extends CommandGroup {}
