package dev.belfry.matrix.trixnity

import java.io.IOException
import java.nio.file.Path
import java.sql.DriverManager
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.async
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

@Tag("unit")
class DeviceFileTest {
    @TempDir private lateinit var folder: Path
    private lateinit var file: DeviceFile
    private val place = Place("room", "a")

    @BeforeEach
    fun open() {
        file = DeviceFile.open(folder)
    }

    @AfterEach fun close() = file.close()

    private fun entry(value: String, id: String = "a", tag: String? = null) =
        Entry(Place("room", id), tag, value)

    private suspend fun values() = file.list(Which("room")).map { it.value }.sorted()

    @Test
    fun `what is put is there after opening again`() = runBlocking {
        file.put(entry("one"))
        file.put(Entry(Place("state", "room", "key"), "room", "two"))
        file.close()
        file = DeviceFile.open(folder)
        assertEquals("one", file.get(place))
        assertEquals("two", file.list(Which("state", tag = "room")).single().value)
        assertNull(file.get(Place("state", "room")))
    }

    @Test
    fun `a transaction sees its own changes and others do not`() = runBlocking {
        file.put(entry("old"))
        file.put(entry("gone", "b"))
        file.writeTransaction {
            file.put(entry("new"))
            file.delete(Place("room", "b"))
            file.put(entry("more", "c"))
            assertEquals("new", file.get(place))
            assertEquals(listOf("more", "new"), values())
            assertEquals(listOf("gone", "old"), outside { values() })
        }
        assertEquals(listOf("more", "new"), values())
    }

    /** As another coroutine sees it, which is in no transaction. */
    private suspend fun <T> outside(work: suspend () -> T): T {
        val result = CompletableDeferred<T>()
        Thread.ofPlatform().start { runBlocking { result.complete(work()) } }
        return result.await()
    }

    @Test
    fun `dropping many within a transaction keeps what comes after it`() = runBlocking {
        file.put(entry("a", "a", "tag"))
        file.put(entry("b", "b"))
        file.writeTransaction {
            file.put(entry("c", "c", "tag"))
            file.delete(Which("room", tag = "tag"))
            assertEquals(listOf("b"), values())
            file.put(entry("d", "d", "tag"))
            assertEquals(listOf("b", "d"), values())
        }
        assertEquals(listOf("b", "d"), values())
    }

    @Test
    fun `a transaction that fails changes nothing and is not told of`() = runBlocking {
        var told = 0
        file.put(entry("old"))
        assertThrows(IllegalStateException::class.java) {
            runBlocking {
                file.writeTransaction {
                    file.put(entry("new"))
                    file.afterwards { told++ }
                    error("no")
                }
            }
        }
        assertEquals("old", file.get(place))
        file.writeTransaction { file.afterwards { told++ } }
        assertEquals(1, told)
    }

    @Test
    fun `of two open transactions the later change stays`() = runBlocking {
        val changed = CompletableDeferred<Unit>()
        val go = CompletableDeferred<Unit>()
        val slow = async {
            file.writeTransaction {
                file.put(entry("first"))
                file.put(entry("only mine", "b"))
                changed.complete(Unit)
                go.await()
            }
        }
        changed.await()
        // The slow one suspends, as when it waits for the network, and holds up nobody.
        file.put(entry("second"))
        go.complete(Unit)
        slow.await()
        assertEquals(listOf("only mine", "second"), values())
        file.put(entry("third"))
        assertEquals("third", file.get(place))
    }

    @Test
    fun `changes from several coroutines of a transaction are one`() = runBlocking {
        file.writeTransaction {
            kotlinx.coroutines.coroutineScope {
                repeat(100) { launch { file.put(entry("$it", "$it")) } }
            }
            assertEquals(100, values().size)
        }
        assertEquals(100, values().size)
    }

    @Test
    fun `a file of a newer version is refused`() {
        file.close()
        DriverManager.getConnection("jdbc:sqlite:${DeviceFile.path(folder)}").use {
            it.createStatement().use { statement -> statement.execute("pragma user_version = 99") }
        }
        assertThrows(IOException::class.java) { DeviceFile.open(folder) }
        folder = folder.resolveSibling("other").also { java.nio.file.Files.createDirectories(it) }
        file = DeviceFile.open(folder)
    }

    @Test
    fun `another connection reads it, but nobody opens it twice`() = runBlocking {
        file.put(entry("one"))
        val copy = folder.resolve("copy.db")
        DriverManager.getConnection("jdbc:sqlite:${DeviceFile.path(folder)}").use {
            it.createStatement().use { statement -> statement.execute("vacuum into '$copy'") }
        }
        DriverManager.getConnection("jdbc:sqlite:$copy").use {
            it.createStatement().use { statement ->
                val value = statement.executeQuery("select value from entry").getString(1)
                assertEquals("one", value)
            }
        }
        assertThrows(IOException::class.java) { DeviceFile.open(folder) }
        file.put(entry("two"))
        assertEquals("two", file.get(place))
    }

    @Test
    fun `keys of two texts do not collide`() {
        assertEquals(2, setOf(joined("a b", "c"), joined("a", "b c")).size)
    }
}
