package dev.belfry.model;

/**
 * One login on one network.
 *
 * @param id the hub's id of it
 * @param connector the kind of connector that serves it, such as {@code matrix}
 * @param network the readable name of the network
 * @param self the owner's identity on it
 * @param state whether it is connected, and if not, why
 */
public record Account(
    AccountId id, String connector, String network, User self, AccountState state) {}
