// One device of another Matrix client that can encrypt: the state machine that most clients share, and as little around it as will do.
// Environment: SERVER, TOKEN, USER, DEVICE. Questions: {"do": "send", "room", "users", "content"}, {"do": "read", "event", "room"}, {"do": "sync"},
// {"do": "seal", "bytes"} and {"do": "open", "bytes", "file"} for attachments, the bytes in base64.
import * as crypto from '@matrix-org/matrix-sdk-crypto-wasm';
import { serve } from './lines.mjs';

const { SERVER, TOKEN, USER, DEVICE } = process.env;
await crypto.initAsync();
const machine = await crypto.OlmMachine.initialize(new crypto.UserId(USER), new crypto.DeviceId(DEVICE));
let since;

async function ask(method, path, body) {
  const response = await fetch(SERVER + path, {
    method,
    headers: { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' },
    body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text;
}

/** Carries out what the machine wants to have sent. */
async function send(request) {
  const paths = {
    [crypto.RequestType.KeysUpload]: ['POST', '/_matrix/client/v3/keys/upload'],
    [crypto.RequestType.KeysQuery]: ['POST', '/_matrix/client/v3/keys/query'],
    [crypto.RequestType.KeysClaim]: ['POST', '/_matrix/client/v3/keys/claim'],
  };
  const to = () => ['PUT', `/_matrix/client/v3/sendToDevice/${encodeURIComponent(request.event_type)}/${encodeURIComponent(request.txn_id)}`];
  const [method, path] = paths[request.type] ?? to();
  const answer = await ask(method, path, request.body);
  if (request.id) await machine.markRequestAsSent(request.id, request.type, answer);
}

async function settle() {
  for (let round = 0; round < 10; round++) {
    const requests = await machine.outgoingRequests();
    if (requests.length === 0) return;
    for (const request of requests) await send(request);
  }
}

async function sync() {
  await settle();
  const path = '/_matrix/client/v3/sync?timeout=0' + (since ? `&since=${encodeURIComponent(since)}` : '');
  const answer = JSON.parse(await ask('GET', path));
  await machine.receiveSyncChanges(
    JSON.stringify(answer.to_device?.events ?? []),
    new crypto.DeviceLists((answer.device_lists?.changed ?? []).map((id) => new crypto.UserId(id)), []),
    new Map(Object.entries(answer.device_one_time_keys_count ?? {})),
    new Set(answer.device_unused_fallback_key_types ?? []),
  );
  since = answer.next_batch;
  await settle();
}

async function encrypt(roomId, userIds, content, type) {
  await sync();
  const room = new crypto.RoomId(roomId);
  const users = () => userIds.map((id) => new crypto.UserId(id));
  await machine.updateTrackedUsers(users());
  await settle();
  const claim = await machine.getMissingSessions(users());
  if (claim) await send(claim);
  const settings = new crypto.EncryptionSettings();
  for (const request of await machine.shareRoomKey(room, users(), settings)) await send(request);
  const encrypted = await machine.encryptRoomEvent(room, type ?? 'm.room.message', JSON.stringify(content));
  const path = `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.encrypted/${Date.now()}`;
  return JSON.parse(await ask('PUT', path, encrypted)).event_id;
}

async function decrypt(roomId, eventId) {
  await sync();
  const event = await ask('GET', `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/event/${encodeURIComponent(eventId)}`);
  const settings = new crypto.DecryptionSettings(crypto.TrustRequirement.Untrusted);
  const plain = await machine.decryptRoomEvent(event, new crypto.RoomId(roomId), settings);
  return JSON.parse(plain.event);
}

function seal(bytes) {
  const sealed = crypto.Attachment.encrypt(Buffer.from(bytes, 'base64'));
  return { bytes: Buffer.from(sealed.encryptedData).toString('base64'), file: JSON.parse(sealed.mediaEncryptionInfo) };
}

function open(bytes, { url, ...file }) {
  const sealed = new crypto.EncryptedAttachment(Buffer.from(bytes, 'base64'), JSON.stringify(file));
  return Buffer.from(crypto.Attachment.decrypt(sealed)).toString('base64');
}

await serve(async (question) => {
  switch (question.do) {
    case 'sync': await sync(); return { value: null };
    case 'send': return { value: await encrypt(question.room, question.users, question.content, question.type) };
    case 'seal': return { value: seal(question.bytes) };
    case 'open': return { value: open(question.bytes, question.file) };
    case 'read': return { value: await decrypt(question.room, question.event) };
    default: throw new Error(`what is ${question.do}?`);
  }
});
