/** The sandbox network's files: small, valid, made here. */
@NullMarked
package dev.belfry.sandbox.media;

import org.jspecify.annotations.NullMarked;
