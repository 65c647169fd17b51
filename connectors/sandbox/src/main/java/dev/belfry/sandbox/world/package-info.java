/**
 * What the sandbox network holds at its first start: people, chats and what they wrote. No threads,
 * and no files but the media's.
 */
@NullMarked
package dev.belfry.sandbox.world;

import org.jspecify.annotations.NullMarked;
