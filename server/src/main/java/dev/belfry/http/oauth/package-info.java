/** Sign-in by consent: OAuth 2 for programs without secrets (contract, auth.md). */
@NullMarked
package dev.belfry.http.oauth;

import org.jspecify.annotations.NullMarked;
