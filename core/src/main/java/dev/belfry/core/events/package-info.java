/** What happened, for those who want to hear it: the change log as events, behind cursors. */
@NullMarked
package dev.belfry.core.events;

import org.jspecify.annotations.NullMarked;
