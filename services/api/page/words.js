/** Numbers, times and names in words for people. */

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const hourOnly = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const counts = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });

/** What was thought of a message; what was done about it depends on the group's mode. */
export const BANDS = { act: 'spam', ask: 'unsure', allow: 'allowed' };

export const ACTIONS = {
  deleteMessage: 'Message deleted',
  restrict: 'Sender restricted',
  ban: 'Sender banned',
  unban: 'Sender unbanned',
  unrestrict: 'Restriction lifted',
  postCard: 'Moderators asked',
  closeCard: 'Card closed',
  notice: 'Notice posted',
};

export const time = (value) => clock.format(new Date(value));
export const hour = (value) => hourOnly.format(new Date(value));
export const fullTime = (value) => full.format(new Date(value));
export const count = (value) => counts.format(value);

/** 12 ms, 1.3 s */
export function duration(ms) {
  if (ms === undefined) return '';
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** Enough of a pseudonym to recognise it again in a list. */
export const short = (pseudonym) => pseudonym.slice(0, 8);
