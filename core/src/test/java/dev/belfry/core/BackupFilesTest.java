package dev.belfry.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.belfry.api.Field;
import dev.belfry.core.files.AssetUrl;
import dev.belfry.model.ChatPatch;
import dev.belfry.model.Grant;
import dev.belfry.model.HubException;
import dev.belfry.model.StoreFault;
import dev.belfry.model.Upload;
import dev.belfry.model.UploadUse;
import dev.belfry.network.Connector;
import dev.belfry.network.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup holds the files that drafts and messages need, and they are found where it is put. */
@Tag("hub")
class BackupFilesTest {
  @TempDir Path temp;
  private TestHub hub;
  private Path backup;

  /** A folder whose name is another in a URL, in JSON and on the disk. */
  private Path elsewhere;

  @BeforeEach
  void open() throws Exception {
    hub = TestHub.connected(Files.createDirectory(temp.resolve("data")));
    hub.network.answerAll(null);
    hub.client().says(Said.message("$1", Said.ALICE, "hello"));
    backup = temp.resolve("a.backup");
    elsewhere = temp.resolve("else \"where\" é");
  }

  @AfterEach
  void close() throws Exception {
    hub.close();
  }

  private Upload upload(String content) {
    try (var upload = hub.hub().assets().receive(Grant.HUB, -1)) {
      var bytes = content.getBytes(UTF_8);
      upload.write(bytes, 0, bytes.length);
      return upload.finish("ä b.txt", null, null);
    }
  }

  private static UploadUse use(Upload upload) {
    return new UploadUse("k", upload.id(), null, null, null, null, null, null);
  }

  private void draft(Upload upload) {
    var draft = new ChatPatch.NewDraft("look", List.of(use(upload)));
    hub.chats().update(Grant.HUB, Said.CHAT, ChatPatch.NONE.withDraft(Field.of(draft)));
  }

  private void send(Upload upload) {
    hub.messages()
        .send(Grant.HUB, Said.CHAT, new Messages.NewMessage("look", null, List.of(), use(upload)));
  }

  private static String served(Hub of, String url) throws Exception {
    try (var asset = of.assets().serve(Grant.HUB, AssetUrl.parse(url))) {
      var bytes = new ByteArrayOutputStream();
      Channels.newInputStream(asset.content()).transferTo(bytes);
      return bytes.toString(UTF_8);
    }
  }

  private Hub restored(Path folder) throws IOException {
    Files.createDirectory(folder);
    Backups.restore(backup, folder, folder);
    return Hub.open(folder, List.of(hub.network), hub.clock, Hub.Options.NONE);
  }

  private static Set<String> files(Path folder) throws IOException {
    var found = new TreeSet<String>();
    if (Files.exists(folder)) {
      try (var paths = Files.walk(folder)) {
        for (var path : paths.filter(Files::isRegularFile).toList()) {
          found.add(Files.readString(path));
          assertEquals(
              "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
          assertEquals(
              "rwx------",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(path.getParent())));
        }
      }
    }
    return found;
  }

  @Test
  void draftsAndMessagesFindTheirFilesElsewhere() throws Exception {
    var _ = upload("of nobody");
    draft(upload("of a draft"));
    send(upload("waiting"));
    hub.network.next(); // it is being sent, and not answered
    hub.hub().backup(backup);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)));
    hub.hub().close();
    try (var there = restored(elsewhere)) {
      assertEquals(Set.of("of a draft", "waiting"), files(elsewhere.resolve("uploads")));
      var draft = requireNonNull(there.chats().get(Grant.HUB, Said.CHAT, 10).draft());
      var drafted = Path.of(requireNonNull(draft.attachments().getFirst().filePath()));
      assertTrue(drafted.startsWith(elsewhere), drafted.toString());
      assertEquals("of a draft", served(there, drafted.toUri().toString()));
      there.start();
      var call = hub.network.next();
      assertTrue(requireNonNull(call.send().file()).startsWith(elsewhere));
      assertEquals("waiting", Files.readString(requireNonNull(call.send().file())));
      call.answer(new Outcome.Rejected("no", "No.", true));
    }
  }

  @Test
  void aMessageThatFailedKeepsItsFile() throws Exception {
    var upload = upload("refused");
    send(upload);
    hub.network.next().answer(new Outcome.Rejected("no", "No.", true));
    Eventually.holds(
        "it failed", () -> hub.number("SELECT count(*) FROM asset WHERE message > 0") > 0);
    hub.hub().backup(backup);
    try (var there = restored(elsewhere)) {
      var moved = elsewhere.resolve("uploads").resolve(upload.id()).resolve("ä b.txt");
      assertEquals("refused", served(there, moved.toUri().toString()));
    }
  }

  @Test
  void aBackupOfBeforeThereWereFilesCanBePutBack() throws Exception {
    draft(upload("of a draft"));
    hub.hub().backup(backup);
    copyOf(name -> !name.equals("home") && !name.startsWith("uploads/"));
    try (var there = restored(elsewhere)) {
      assertNotNull(there.chats().get(Grant.HUB, Said.CHAT, 10).draft());
      assertEquals(Set.of(), files(elsewhere.resolve("uploads")));
    }
  }

  /** What others know of it may be ahead of what was put back. */
  @Test
  void aConnectorIsToldThatItsFolderWasPutBack() throws Exception {
    var marker = Path.of("accounts", "scripted", Connector.RESTORED);
    Files.createDirectories(temp.resolve("data/accounts/scripted"));
    Files.writeString(temp.resolve("data/accounts/scripted/keys"), "of me");
    for (String into : List.of("once", "again")) {
      hub.hub().backup(backup);
      var folder = Files.createDirectory(temp.resolve(into));
      Backups.restore(backup, folder, folder);
      assertTrue(Files.exists(folder.resolve(marker)), into);
      // A backup of what nobody has opened yet.
      Files.write(temp.resolve("data").resolve(marker), new byte[0]);
      Files.delete(backup);
    }
  }

  /** The backup with some of its entries only. */
  private void copyOf(Predicate<String> wanted) throws IOException {
    Path older = temp.resolve("older");
    try (var zip = new ZipFile(backup.toFile());
        var out = new ZipOutputStream(Files.newOutputStream(older))) {
      for (var entry : zip.stream().toList()) {
        if (wanted.test(entry.getName())) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          zip.getInputStream(entry).transferTo(out);
        }
      }
    }
    backup = older;
  }

  @Test
  void whatIsNoEntryOfABackupIsRefused() throws Exception {
    draft(upload("of a draft"));
    hub.hub().backup(backup);
    Path good = backup;
    for (String name :
        List.of(
            "../outside",
            "uploads/../../outside",
            "accounts/../../outside",
            "uploads/a",
            "uploads/00000000-0000-0000-0000-000000000000/../../x",
            "uploads/00000000-0000-0000-0000-000000000000/a/b",
            "/etc/x",
            "cache/a/b",
            "other")) {
      backup = good;
      try (var zip = new ZipFile(good.toFile());
          var out = new ZipOutputStream(Files.newOutputStream(temp.resolve("bad")))) {
        out.putNextEntry(new ZipEntry(name));
        out.write(1);
        for (var entry : zip.stream().toList()) {
          out.putNextEntry(new ZipEntry(entry.getName()));
          zip.getInputStream(entry).transferTo(out);
        }
      }
      backup = temp.resolve("bad");
      Path folder = Files.createTempDirectory(temp, "into");
      assertFalse(isRestored(backup, folder), name);
      assertFalse(Files.exists(temp.resolve("outside")), name);
    }
  }

  private static boolean isRestored(Path backup, Path folder) {
    try {
      Backups.restore(backup, folder, folder);
      return true;
    } catch (HubException | StoreFault e) {
      assertFalse(String.valueOf(e.getMessage()).isEmpty());
      return false;
    }
  }

  /** Cut off anywhere it is refused; with a bit wrong it is refused, or as good as before. */
  @Test
  void damageIsNoticed() throws Exception {
    draft(upload("of a draft ".repeat(5000)));
    hub.hub().backup(backup);
    byte[] whole = Files.readAllBytes(backup);
    Path bad = temp.resolve("bad");
    var random = new Random(7);
    for (int i = 0; i < 40; i++) {
      Files.write(bad, Arrays.copyOf(whole, random.nextInt(whole.length)));
      assertFalse(isRestored(bad, Files.createTempDirectory(temp, "cut")), "cut " + i);
    }
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      byte[] other = whole.clone();
      // The end of a zip is where it says what is in it.
      int at = random.nextBoolean() ? random.nextInt(whole.length) : whole.length - 1 - i * 7;
      other[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(bad, other);
      Path folder = Files.createTempDirectory(temp, "bit");
      if (isRestored(bad, folder)) {
        assertTrue(Files.exists(folder.resolve(Hub.STORE)), "bit at " + at);
        Hub.open(folder, List.of(hub.network), hub.clock, Hub.Options.NONE).close();
      } else {
        refused++;
      }
    }
    assertTrue(refused > 20, "refused " + refused);
  }
}
