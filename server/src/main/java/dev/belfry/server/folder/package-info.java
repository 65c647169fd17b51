/** The data folder: where it is, who may use it, who does. */
@NullMarked
package dev.belfry.server.folder;

import org.jspecify.annotations.NullMarked;
