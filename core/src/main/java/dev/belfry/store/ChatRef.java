package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.ChatId;

/**
 * What messages need to know of their chat; a tenth of what there is.
 *
 * @param readUpTo the place of the read marker
 */
public record ChatRef(ChatId id, String canonicalId, AccountId account, long readUpTo) {}
