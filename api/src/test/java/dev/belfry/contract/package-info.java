/** Checks JSON against the schemas of the contract; shared by the tests of all modules. */
@NullMarked
package dev.belfry.contract;

import org.jspecify.annotations.NullMarked;
