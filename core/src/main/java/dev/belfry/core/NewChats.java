package dev.belfry.core;

import dev.belfry.model.AccountId;
import dev.belfry.model.Chat;
import dev.belfry.model.ChatType;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.Participant;
import dev.belfry.model.Permission;
import dev.belfry.model.User;
import dev.belfry.model.UserId;
import dev.belfry.network.ChatUpdate;
import dev.belfry.network.Directory;
import dev.belfry.network.Directory.Identifier;
import dev.belfry.network.NetworkEvent;
import dev.belfry.store.AccountTable;
import dev.belfry.store.Database;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opening chats (contract, {@code POST /v1/chats} and {@code POST /v1/chats/start}). Asks the
 * network while the caller waits.
 */
public final class NewChats {
  private final Database database;
  private final Connections connections;
  private final Messages messages;

  NewChats(Database database, Connections connections, Messages messages) {
    this.database = database;
    this.connections = connections;
    this.messages = messages;
  }

  /**
   * A chat that was opened.
   *
   * @param existed whether it was there before
   */
  public record Opened(Chat chat, boolean existed) {}

  /**
   * Who is meant; null for what is not known. The id counts first, then handle, phone number and
   * mail address; a name alone names nobody.
   */
  public record Person(
      @Nullable String id,
      @Nullable String username,
      @Nullable String phoneNumber,
      @Nullable String email,
      @Nullable String fullName) {}

  /**
   * Opens a chat with people whose ids are known.
   *
   * @param text the first message; null for none
   */
  public Opened create(
      Grant grant,
      String account,
      ChatType type,
      List<String> people,
      @Nullable String title,
      @Nullable String text) {
    var owner = require(grant, account);
    if (type == ChatType.SINGLE && people.size() != 1) {
      throw HubException.invalid(
          "A direct chat needs exactly one participant", "body", "participantIDs");
    }
    var before = openedBefore(grant, text);
    if (before.isPresent()) {
      return before.get();
    }
    if (type == ChatType.SINGLE) {
      var known = direct(grant, owner, people.getFirst());
      if (known.isPresent()) {
        return opened(grant, known.get(), true, text);
      }
    }
    var request = new Directory.NewChat(type == ChatType.SINGLE, people, title, true);
    return open(
        grant,
        owner,
        request,
        people.stream().map(id -> User.of(new UserId(id), null)).toList(),
        text);
  }

  /**
   * Opens a direct chat with somebody, or finds the one that is there.
   *
   * @param allowInvite whether it may be opened by sending an invitation
   * @param text the first message; null for none
   */
  public Opened start(
      Grant grant, String account, Person person, boolean allowInvite, @Nullable String text) {
    var owner = require(grant, account);
    var before = openedBefore(grant, text);
    if (before.isPresent()) {
      return before.get();
    }
    var user = resolve(grant, owner, person);
    var known = direct(grant, owner, user.id().value());
    if (known.isPresent()) {
      return opened(grant, known.get(), true, text);
    }
    var request = new Directory.NewChat(true, List.of(user.id().value()), null, allowInvite);
    return open(grant, owner, request, List.of(user), text);
  }

  /**
   * The chat that this very request opened, before there was an answer to it: there now, it would
   * be taken for one that was there all along.
   */
  private Optional<Opened> openedBefore(Grant grant, @Nullable String text) {
    return database
        .doneBefore("open")
        .map(chat ->
            opened(
                grant,
                chat,
                database.doneBefore("existed").map(Boolean::parseBoolean).orElse(false),
                text));
  }

  private AccountTable.Row require(Grant grant, String account) {
    Permissions.require(grant, Permission.OPEN_CHAT);
    if (!grant.isUnlimited()) {
      throw new HubException(
          HubException.Reason.FORBIDDEN,
          "This token is limited to some chats and cannot open new ones");
    }
    return Accounts.require(database, grant, account);
  }

  private User resolve(Grant grant, AccountTable.Row owner, Person person) {
    var identifiers = identifiers(person);
    if (identifiers.isEmpty()) {
      throw HubException.unprocessable(
          "CANNOT_RESOLVE",
          "Give an id, username, phoneNumber or email: a name alone does not tell who is meant");
    }
    for (var identifier : identifiers) {
      var known = database.read(grant, tx -> tx.people().resolve(owner.row(), identifier));
      if (known.isPresent()) {
        return known.get();
      }
    }
    var directory = directory(owner);
    for (var identifier : identifiers) {
      var found = ask(owner.account().id(), () -> directory.resolve(identifier));
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw HubException.notFound("Person");
  }

  private static List<Identifier> identifiers(Person person) {
    var result = new ArrayList<Identifier>();
    if (person.id() != null) {
      result.add(new Identifier.Id(person.id()));
    }
    if (person.username() != null) {
      result.add(new Identifier.Username(person.username()));
    }
    if (person.phoneNumber() != null) {
      result.add(new Identifier.Phone(person.phoneNumber()));
    }
    if (person.email() != null) {
      result.add(new Identifier.Email(person.email()));
    }
    return result;
  }

  private Optional<String> direct(Grant grant, AccountTable.Row owner, String user) {
    return database.read(grant, tx -> tx.people().directChat(owner.row(), user));
  }

  private Opened open(
      Grant grant,
      AccountTable.Row owner,
      Directory.NewChat request,
      List<User> people,
      @Nullable String text) {
    var directory = directory(owner);
    var made = ask(owner.account().id(), () -> directory.open(request));
    var key = made.key();
    var id =
        database.write(tx -> {
          boolean isKnown = tx.chats().writer().find(owner.row(), key).isPresent();
          var incoming = new Incoming(tx, Owner.of(owner), false);
          long chat = incoming.chat(key);
          if (!isKnown || !made.existed()) {
            var members = members(people, owner.account().self());
            members.removeIf(member -> tx.members().has(chat, member.user().id()));
            describe(incoming, key, request, members);
          }
          incoming.finish();
          var _ = tx.once("existed", () -> Boolean.toString(made.existed()));
          return tx.once("open", () -> tx.chats().writer().canonicalId(chat));
        });
    return opened(grant, id, made.existed(), text);
  }

  private static List<Participant> members(List<User> people, User self) {
    var members = new ArrayList<Participant>();
    members.add(Participant.of(self.asSelf()));
    people.forEach(user -> members.add(new Participant(user, false, false, true)));
    return members;
  }

  /**
   * What is known already, until the network's own events say more. They may have begun to: of a
   * room before anybody was invited to it.
   */
  private static void describe(
      Incoming incoming, String key, Directory.NewChat request, List<Participant> members) {
    var chats = new IncomingChats(incoming);
    var update = ChatUpdate.builder().type(request.direct() ? ChatType.SINGLE : ChatType.GROUP);
    if (request.title() != null) {
      update.title(request.title());
    }
    chats.changed(new NetworkEvent.ChatChanged(key, update.build()));
    chats.membersChanged(new NetworkEvent.MembersChanged(key, members, List.of(), false, null));
  }

  private Opened opened(Grant grant, String chat, boolean existed, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      messages.send(grant, chat, new Messages.NewMessage(text, null, List.of(), null));
    }
    return new Opened(
        database.read(grant, tx -> Chats.require(tx, chat, Chats.PARTICIPANTS)), existed);
  }

  private Directory directory(AccountTable.Row owner) {
    var directory = connections.require(owner.account().id()).directory();
    if (directory == null) {
      throw HubException.unprocessable(
          "NOT_SUPPORTED", "Chats cannot be opened on " + owner.account().network());
    }
    return directory;
  }

  /** A question to a network. */
  interface Question<T> {
    T ask() throws IOException, Directory.RefusedException, InterruptedException;
  }

  static <T> T ask(AccountId account, Question<T> question) {
    try {
      return question.ask();
    } catch (Directory.RefusedException e) {
      throw HubException.unprocessable("REFUSED", String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw HubException.unprocessable(
          "NETWORK_FAILED", "The network could not be asked: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Connections.notConnected(account);
    }
  }
}
