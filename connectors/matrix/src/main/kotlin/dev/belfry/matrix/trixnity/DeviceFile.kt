package dev.belfry.matrix.trixnity

import de.connect2x.trixnity.client.store.repository.RepositoryTransactionManager
import dev.belfry.network.PrivateFiles
import java.io.IOException
import java.nio.file.FileAlreadyExistsException
import java.nio.file.Files
import java.nio.file.Path
import java.sql.Connection
import java.sql.DriverManager
import java.sql.SQLException
import java.util.concurrent.Callable
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.ExecutionException
import java.util.concurrent.Executors
import java.util.concurrent.Semaphore
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicLong
import kotlin.coroutines.AbstractCoroutineContextElement
import kotlin.coroutines.CoroutineContext
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.withContext

/** Where an entry lies. [id] and [sub] together are its key within its [kind]. */
internal data class Place(val kind: String, val id: String, val sub: String = "")

/** An entry of the file. [tag] is a second way to find it: most often its room. */
internal data class Entry(val place: Place, val tag: String?, val value: String)

/** Which entries of a kind are meant; null is any. */
internal data class Which(
    val kind: String,
    val id: String? = null,
    val sub: String? = null,
    val tag: String? = null,
) {
    fun covers(place: Place, tagged: String?) =
        place.kind == kind &&
            (id == null || place.id == id) &&
            (sub == null || place.sub == sub) &&
            (tag == null || tagged == tag)
}

/**
 * A device's keys, sync position and room state: one SQLite file of its own, readable by its owner
 * only, since the keys lie in it in clear. Only one at a time has it open, so a device cannot run
 * twice and fork its ratchets; other processes are kept out by the lock on the data folder.
 * SQLite's own lock would keep out a backup too, which reads beside us what was last written.
 *
 * The library beneath suspends within its write transactions, for as long as it likes. A
 * transaction therefore gathers its changes in memory, where its own reads see them, and they are
 * written at its end in one go. Between two open ones that change the same entry, the later change
 * wins, whichever ends first.
 *
 * SQLite runs on one platform thread, since a native call would hold the carrier of a virtual one.
 */
internal class DeviceFile private constructor(path: Path) :
    RepositoryTransactionManager, AutoCloseable {
    private val executor = Executors.newSingleThreadExecutor {
        Thread(it, "matrix-device-file").apply { isDaemon = true }
    }
    private val thread = executor.asCoroutineDispatcher()
    private val changes = AtomicLong()
    private val hold: Semaphore
    private val connection: Connection

    // Both are used on the one thread only.
    private var open = 0
    private val written = HashMap<Place, Long>()

    init {
        private(path)
        hold = HOLDS.computeIfAbsent(path.toRealPath()) { Semaphore(1) }
        if (!hold.tryAcquire(PATIENCE, TimeUnit.SECONDS))
            throw SQLException("another link has them open")
        val opening = executor.submit(Callable { connect(path) })
        try {
            connection = opening.get()
        } catch (e: ExecutionException) {
            hold.release()
            executor.shutdown()
            throw e.cause ?: e
        } catch (e: InterruptedException) {
            executor.execute { opening.get().use { hold.release() } }
            executor.shutdown()
            throw e
        }
    }

    private class Change(val entry: Entry?, val number: Long)

    private class Transaction : AbstractCoroutineContextElement(Transaction) {
        val changed = LinkedHashMap<Place, Change>()
        val dropped = ArrayList<Pair<Which, Long>>()
        val afterwards = ArrayList<() -> Unit>()

        companion object Key : CoroutineContext.Key<Transaction>
    }

    override suspend fun <T> readTransaction(block: suspend () -> T): T = block()

    override suspend fun writeTransaction(block: suspend () -> Unit) {
        if (currentCoroutineContext()[Transaction] != null) return block()
        val transaction = Transaction()
        withContext(thread) { open++ }
        try {
            withContext(transaction) { coroutineScope { block() } }
            withContext(thread) { write(transaction) }
        } finally {
            withContext(NonCancellable + thread) { if (--open == 0) written.clear() }
        }
        transaction.afterwards.forEach { it() }
    }

    /** Runs [action] once the transaction around it is written. */
    suspend fun afterwards(action: () -> Unit) {
        val transaction = currentCoroutineContext()[Transaction] ?: return action()
        synchronized(transaction) { transaction.afterwards += action }
    }

    suspend fun get(place: Place): String? {
        val transaction = currentCoroutineContext()[Transaction]
        if (transaction != null) {
            synchronized(transaction) { transaction.changed[place] }
                ?.let {
                    return it.entry?.value
                }
        }
        val found =
            withContext(thread) { select(Which(place.kind, place.id, place.sub)) }.firstOrNull()
                ?: return null
        return found.takeUnless { transaction != null && dropped(transaction, it) }?.value
    }

    suspend fun list(which: Which): List<Entry> {
        val stored = withContext(thread) { select(which) }
        val transaction = currentCoroutineContext()[Transaction] ?: return stored
        return synchronized(transaction) {
            val changed = transaction.changed
            stored.filter { it.place !in changed && !dropped(transaction, it) } +
                changed.values.mapNotNull { it.entry }.filter { which.covers(it.place, it.tag) }
        }
    }

    private fun dropped(transaction: Transaction, entry: Entry) =
        synchronized(transaction) {
            transaction.dropped.any { (which, _) -> which.covers(entry.place, entry.tag) }
        }

    suspend fun put(entry: Entry) = change(entry.place, entry)

    suspend fun delete(place: Place) = change(place, null)

    /**
     * Makes what was written last, even if the power goes: to be called before others are told what
     * depends on it, since a ratchet must never turn back.
     */
    suspend fun flush() = put(Entry(Place(FLUSH, ""), null, ""))

    private suspend fun change(place: Place, entry: Entry?) = writeTransaction {
        val transaction = checkNotNull(currentCoroutineContext()[Transaction])
        synchronized(transaction) {
            transaction.changed[place] = Change(entry, changes.incrementAndGet())
        }
    }

    suspend fun delete(which: Which) = writeTransaction {
        val transaction = checkNotNull(currentCoroutineContext()[Transaction])
        synchronized(transaction) {
            val number = changes.incrementAndGet()
            transaction.dropped += which to number
            transaction.changed.replaceAll { place, change ->
                if (which.covers(place, change.entry?.tag)) Change(null, number) else change
            }
        }
    }

    private fun write(transaction: Transaction) {
        if (transaction.changed.isEmpty() && transaction.dropped.isEmpty()) return
        val lasting = transaction.changed.keys.any { it.kind in LASTING }
        run("pragma synchronous = ${if (lasting) "full" else "normal"}")
        run("begin immediate")
        try {
            val numbers = HashMap<Place, Long>()
            for ((which, number) in transaction.dropped) {
                for (entry in select(which)) if (isLatest(entry.place, number))
                    remove(entry.place, numbers, number)
            }
            connection.prepareStatement(PUT).use { statement ->
                for ((place, change) in transaction.changed) {
                    if (!isLatest(place, change.number)) continue
                    if (change.entry == null) {
                        remove(place, numbers, change.number)
                    } else {
                        statement.setString(1, place.kind)
                        statement.setString(2, place.id)
                        statement.setString(3, place.sub)
                        statement.setString(4, change.entry.tag)
                        statement.setString(5, change.entry.value)
                        statement.executeUpdate()
                        numbers[place] = change.number
                    }
                }
            }
            run("commit")
            written.putAll(numbers)
        } catch (e: Exception) {
            try {
                run("rollback")
            } catch (again: SQLException) {
                e.addSuppressed(again)
            }
            throw e
        }
    }

    private fun isLatest(place: Place, number: Long) = (written[place] ?: 0) < number

    private fun remove(place: Place, numbers: MutableMap<Place, Long>, number: Long) {
        connection.prepareStatement("delete from entry where kind = ? and id = ? and sub = ?").use {
            it.setString(1, place.kind)
            it.setString(2, place.id)
            it.setString(3, place.sub)
            it.executeUpdate()
        }
        numbers[place] = number
    }

    private fun select(which: Which): List<Entry> {
        val given =
            listOf("kind" to which.kind, "id" to which.id, "sub" to which.sub, "tag" to which.tag)
                .filter {
                    it.second != null
                }
        val sql =
            "select kind, id, sub, tag, value from entry where " +
                given.joinToString(" and ") { "${it.first} = ?" }
        return connection.prepareStatement(sql).use { statement ->
            given.forEachIndexed { i, (_, value) -> statement.setString(i + 1, value) }
            statement.executeQuery().use { rows ->
                buildList {
                    while (rows.next()) {
                        val place = Place(rows.getString(1), rows.getString(2), rows.getString(3))
                        add(Entry(place, rows.getString(4), rows.getString(5)))
                    }
                }
            }
        }
    }

    private fun run(sql: String) = connection.createStatement().use { it.execute(sql) }

    /** Waits for what is being written. May be called once. */
    override fun close() {
        executor.execute {
            try {
                connection.close()
            } finally {
                hold.release()
            }
        }
        executor.shutdown()
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS)
        } catch (_: InterruptedException) {
            Thread.currentThread().interrupt()
        }
    }

    companion object {
        private const val VERSION = 1

        /** Seconds for a link that is just being closed. */
        private const val PATIENCE = 5L
        private val HOLDS = ConcurrentHashMap<Path, Semaphore>()
        private const val PUT =
            "insert or replace into entry (kind, id, sub, tag, value) values (?, ?, ?, ?, ?)"

        private const val FLUSH = "flush"

        /**
         * The kinds that a power cut may not take back, and with them all that was written before.
         */
        private val LASTING = setOf(ACCOUNT, AUTHENTICATION, "olm_account", OUTBOUND_SESSION, FLUSH)

        fun path(folder: Path): Path = folder.resolve("matrix.db")

        /** Opens or makes the file of [folder]. */
        fun open(folder: Path): DeviceFile {
            try {
                return DeviceFile(path(folder))
            } catch (e: SQLException) {
                throw IOException("the Matrix keys in $folder cannot be opened: ${e.message}", e)
            }
        }

        private fun connect(path: Path): Connection {
            val connection = DriverManager.getConnection("jdbc:sqlite:$path")
            try {
                connection.createStatement().use { statement ->
                    statement.execute("pragma busy_timeout = 5000")
                    statement.execute("pragma journal_mode = wal")
                    val version = statement.executeQuery("pragma user_version").use { it.getInt(1) }
                    if (version > VERSION) throw SQLException("written by a newer version")
                    if (version < VERSION) make(statement::execute)
                }
            } catch (e: Exception) {
                connection.close()
                throw e
            }
            return connection
        }

        private fun make(execute: (String) -> Unit) {
            execute("begin immediate")
            execute(
                """
                create table entry (
                  kind text not null, id text not null, sub text not null, tag text, value text not null,
                  primary key (kind, id, sub)
                ) strict, without rowid
                """
            )
            execute("create index entry_by_tag on entry (kind, tag) where tag is not null")
            execute("create index entry_by_sub on entry (kind, sub) where sub <> ''")
            execute("pragma user_version = $VERSION")
            execute("commit")
        }

        private fun private(path: Path) {
            try {
                Files.createFile(path, *PrivateFiles.attributes(path))
            } catch (_: FileAlreadyExistsException) {
                // Made by an earlier login.
            }
        }
    }
}
