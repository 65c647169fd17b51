/** Bodies of requests (contract: models, "Request bodies"). */
@NullMarked
package dev.belfry.api.request;

import org.jspecify.annotations.NullMarked;
