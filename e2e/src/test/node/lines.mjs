// One question a line in, one answer a line out, both JSON; ends with its input.
import readline from 'node:readline';

/** Answers each question by `answer(question)`; what that throws goes back as `error`. */
export async function serve(answer) {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    let reply;
    try {
      reply = await answer(JSON.parse(line));
    } catch (e) {
      reply = { error: { name: e?.constructor?.name ?? 'Error', message: String(e?.message ?? e), status: e?.status ?? 0, body: e?.error ?? null } };
    }
    process.stdout.write(JSON.stringify(reply) + '\n');
  }
}
