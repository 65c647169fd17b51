package dev.belfry.core.access;

import java.time.Instant;

/**
 * A client's request that a person is to decide on.
 *
 * @param id part of the address of its page; who knows it may look and decline
 * @param code what the page shows and the person types; public to who sees the page
 * @param formKey what the page's own forms carry
 */
public record PendingRequest(
    String id,
    String code,
    String formKey,
    AccessRequest request,
    Instant askedAt,
    Decision decision) {}
