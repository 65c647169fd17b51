package dev.belfry.http;

/**
 * What the server says it is (contract, {@code GET /v1/info}).
 *
 * @param name of the product
 * @param version the app version that compatibility is claimed with: in the version header of every
 *     response, and what clients decide by which routes to try
 * @param bundleId ends in {@code .server}, which the official CLI takes for a head-less
 *     installation
 */
public record ServerIdentity(String name, String version, String bundleId) {
  public static final ServerIdentity BELFRY =
      new ServerIdentity("Belfry", "4.2.808", "dev.belfry.server");
}
