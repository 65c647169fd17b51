package dev.belfry.server.cli;

import picocli.CommandLine.Command;

/** {@code belfry token}. */
@Command(
    name = "token",
    header = "Make, list and revoke access tokens.",
    description = {"", "A client shows its token as `Authorization: Bearer TOKEN`.", ""},
    footer = {"", "Example:", "  belfry token create --name laptop --scope read --expires 30d"})
final class TokenCommand extends CommandGroup {}
