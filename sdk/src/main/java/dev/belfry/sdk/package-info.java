/**
 * The Java client of the API: synchronous, typed, no checked exceptions. Everything begins with a
 * {@link dev.belfry.sdk.Belfry}:
 *
 * <pre>{@code
 * try (Belfry client = Belfry.connect(URI.create("http://127.0.0.1:23373"), token)) {
 *   for (ChatListItem item : client.chats().list()) { // fetches page after page
 *     System.out.println(item.chat().title() + ": " + item.chat().unreadCount());
 *   }
 *   String chat = client.chats().search(ChatSearchParams.titled("Lisbon")).items().get(0).id();
 *   client.messages().send(chat, "Here is the **plan**");
 *   client.chats().markUnread(chat);
 * }
 * }</pre>
 *
 * <p>What goes in and comes out are the records of {@link dev.belfry.api}; lists are a {@link
 * dev.belfry.sdk.Page}, which fetches the next when it is reached; what happens from now on is told
 * by {@link dev.belfry.sdk.Events}. Where something goes wrong it is a {@link
 * dev.belfry.sdk.BelfryException}.
 */
@NullMarked
package dev.belfry.sdk;

import org.jspecify.annotations.NullMarked;
