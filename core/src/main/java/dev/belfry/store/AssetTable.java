package dev.belfry.store;

import dev.belfry.model.AccountId;
import dev.belfry.model.Attachment;
import dev.belfry.model.ChatId;
import dev.belfry.model.Grant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which messages, chats and people name a file, as far as the grant of the transaction may see
 * them. The rows of {@code asset} are kept by triggers, so that no way of writing a message can
 * forget them.
 */
public final class AssetTable {
  /** A file that many name is asked for by the newest of them. */
  private static final int MOST = 10;

  private static final String MAY_SEE =
      """
       AND (?2 IS NULL OR a.account_id IN (SELECT value FROM json_each(?2)))
       AND (?3 IS NULL OR c.id IN (SELECT value FROM json_each(?3)))
      """;

  private final Sql sql;
  private final Grant grant;

  AssetTable(Sql sql, Grant grant) {
    this.sql = sql;
    this.grant = grant;
  }

  /**
   * Something that names a file.
   *
   * @param attachment the file of a message; null for a picture of anything else
   */
  public record Mention(AccountId account, @Nullable Attachment attachment) {}

  /** Those that name the file of a URL, the newest messages first; empty for none. */
  public List<Mention> find(String url) {
    var accounts = accounts();
    var chats = chats();
    var result =
        new ArrayList<>(
            sql.list(
                """
                SELECT a.account_id, m.extra FROM asset x
                JOIN message m ON m.id = x.message
                JOIN chat c ON c.id = m.chat
                JOIN account a ON a.id = c.account
                WHERE x.url = ?1
                """
                    + MAY_SEE
                    + "ORDER BY x.message DESC LIMIT "
                    + MOST,
                row ->
                    new Mention(new AccountId(row.getString(1)), attachment(row.getString(2), url)),
                url,
                accounts,
                chats));
    result.addAll(
        sql.list(
            """
            SELECT a.account_id FROM chat c JOIN account a ON a.id = c.account
            WHERE c.img_url = ?1
            """
                + MAY_SEE
                + """
                UNION ALL
                SELECT a.account_id FROM person p JOIN account a ON a.id = p.account
                WHERE p.img_url = ?1 AND (?2 IS NULL OR a.account_id IN (SELECT value FROM json_each(?2)))
                  AND (?3 IS NULL OR p.is_self = 1 OR EXISTS (
                    SELECT 1 FROM member w WHERE w.person = p.id AND w.chat IN (SELECT value FROM json_each(?3))))
                """
                + "LIMIT "
                + MOST,
            row -> new Mention(new AccountId(row.getString(1)), null),
            url,
            accounts,
            chats));
    return result;
  }

  private static @Nullable Attachment attachment(@Nullable String extra, String url) {
    var files = extra == null ? null : StoredJson.extra(extra).attachments();
    if (files == null) {
      return null;
    }
    for (var file : files) {
      if (url.equals(file.id()) || url.equals(file.srcURL()) || url.equals(file.posterImg())) {
        return file;
      }
    }
    return null;
  }

  private @Nullable String accounts() {
    var only = grant.accounts();
    return only == null ? null : StoredJson.strings(only.stream().map(AccountId::value).toList());
  }

  private @Nullable String chats() {
    var only = grant.chats();
    return only == null ? null : StoredJson.numbers(only.stream().map(ChatId::value).toList());
  }
}
