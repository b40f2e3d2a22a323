// Shows the chats as they look now: asks the human side every second and redraws what has changed.
const REFRESH_MS = 1000;
const SHOWN = 60;
const byId = (id) => document.getElementById(id);
const get = async (path) => (await fetch(`/human/${path}`)).json();
let current;

async function act(verb, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`/human/${verb}`, { method: 'POST', headers, body: JSON.stringify(body) });
  byId('refused').textContent = response.ok ? '' : (await response.json()).message;
  await refresh();
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.textContent = text ?? '';
  return made;
}

/** Redraws only on a change, so that a click or an open list is not lost to the refresh. */
function draw(target, data, build) {
  const state = JSON.stringify(data);
  if (target.dataset.state === state) return;
  target.dataset.state = state;
  target.replaceChildren(...build());
}

const nameOf = (user) => [user.first_name, user.last_name].filter(Boolean).join(' ');
const senderOf = (message) => message.sender_chat?.title ?? (message.from ? nameOf(message.from) : message.chat.title);
const MEDIA = ['photo', 'video', 'animation', 'sticker', 'voice', 'video_note', 'document', 'audio', 'contact', 'poll'];

const CHANGES = [
  ['migrate_to_chat_id', (id) => `the group became supergroup ${id}`],
  ['migrate_from_chat_id', (id) => `the supergroup was group ${id}`],
  ['forum_topic_created', ({ name }) => `topic "${name}" created`],
  ['forum_topic_edited', ({ name }) => `topic renamed to "${name}"`],
  ['forum_topic_closed', () => 'topic closed'],
  ['forum_topic_reopened', () => 'topic reopened'],
];

function contentOf(message) {
  if (message.new_chat_members) return `${message.new_chat_members.map(nameOf).join(', ')} joined`;
  if (message.left_chat_member) return `${nameOf(message.left_chat_member)} left`;
  const change = CHANGES.find(([field]) => message[field]);
  if (change) return change[1](message[change[0]]);
  const media = [...MEDIA, 'story', 'giveaway'].filter((kind) => message[kind]).map((kind) => `[${kind}]`);
  return [...media, message.text ?? message.caption ?? ''].join(' ');
}

function messageRow({ message, botId, edits, reactions, deletedAtMs, deletedById }, users) {
  const service =
    message.new_chat_members ?? message.left_chat_member ?? CHANGES.some(([field]) => message[field] !== undefined);
  const deleted = deletedAtMs === undefined ? '' : 'deleted';
  const row = element('div', ['message', botId && 'bot', service && 'service', deleted].filter(Boolean).join(' '));
  if (!service) row.append(element('span', 'sender', senderOf(message)));
  row.append(element('span', 'body', contentOf(message)));
  if (edits > 0) row.append(element('span', 'note', 'edited'));
  const emoji = Object.values(reactions).flatMap((all) => all.map((reaction) => reaction.emoji));
  if (emoji.length > 0) row.append(element('span', 'note', emoji.join(' ')));
  if (deleted) row.append(element('span', 'note', `deleted by ${users.get(deletedById) ?? deletedById}`));
  for (const button of message.reply_markup?.inline_keyboard.flat() ?? []) row.append(buttonFor(message, button));
  return row;
}

function buttonFor(message, button) {
  const made = element('button', '', button.text);
  made.disabled = button.callback_data === undefined;
  made.onclick = () =>
    act('press', {
      chat: current,
      user: Number(byId('presser').value),
      id: message.message_id,
      data: button.callback_data,
    });
  return made;
}

function fillSelect(select, users) {
  draw(select, users, () => {
    const options = users.map((user) => new Option(nameOf(user), user.id));
    const kept = options.find((option) => option.value === select.value);
    if (kept) kept.selected = true;
    return options;
  });
}

function drawMembers(members) {
  const people = members.filter(({ user }) => !user.is_bot);
  const here = people.filter(({ status }) => status !== 'left' && status !== 'kicked');
  const admins = people.filter(({ status }) => status === 'creator' || status === 'administrator');
  fillSelect(byId('speaker'), here.map(({ user }) => user).slice(0, 500));
  fillSelect(
    byId('presser'),
    (admins.length > 0 ? admins : here).map(({ user }) => user),
  );
  const sanctioned = members.filter(({ status }) => status === 'kicked' || status === 'restricted');
  draw(byId('sanctioned'), sanctioned, () =>
    sanctioned.map(({ status, user, until_date: until }) => {
      const word = status === 'kicked' ? 'banned' : 'restricted';
      const end = until === 0 ? 'for ever' : `until ${new Date(until * 1000).toLocaleString()}`;
      return element('div', '', `${nameOf(user)}: ${word} ${end}`);
    }),
  );
}

function drawChats(chats) {
  draw(byId('chats'), [chats.map(({ key, title, lastMessageId }) => [key, title, lastMessageId]), current], () =>
    chats.map(({ key, title, type, lastMessageId }) => {
      const button = element('button', '', `${title} (${type}, ${lastMessageId})`);
      button.setAttribute('aria-current', String(key === current));
      button.onclick = () => {
        current = key;
        void refresh();
      };
      return button;
    }),
  );
}

async function refresh() {
  const [chats, users] = await Promise.all([get('chats'), get('users')]);
  current ??= chats[0]?.key;
  drawChats(chats);
  const chat = chats.find(({ key }) => key === current);
  if (!chat) return;
  byId('title').textContent = chat.title;
  const query = `chat=${encodeURIComponent(current)}`;
  const [messages, members] = await Promise.all([get(`messages?${query}&limit=${SHOWN}`), get(`members?${query}`)]);
  const names = new Map(users.map((user) => [user.id, nameOf(user)]));
  const pane = byId('messages').parentElement;
  const atEnd = pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40;
  draw(byId('messages'), messages, () => messages.map((stored) => messageRow(stored, names)));
  if (atEnd) pane.scrollTop = pane.scrollHeight;
  // In a private chat there are no members: the person is the chat.
  const person = users.find(({ id }) => String(current).startsWith(`${id}:`));
  drawMembers(person ? [{ status: 'member', user: person }] : members);
}

byId('talk').onsubmit = async (event) => {
  event.preventDefault();
  const text = byId('text').value.trim();
  if (text === '') return;
  byId('text').value = '';
  await act('talk', { chat: current, from: Number(byId('speaker').value), message: { text } });
};

byId('banner').textContent = (await get('about')).banner;
await refresh();
setInterval(() => void refresh().catch(() => {}), REFRESH_MS);
