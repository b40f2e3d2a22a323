import { isNewcomer, nothing, type Check } from './check.ts';

/** Offices that a member of a group does not hold; folded, as whole words. */
const OFFICES: ReadonlySet<string> = new Set(
  (
    'admin admins administrator administration moderator support helpdesk soporte administrador moderador suporte ' +
    'kundendienst kundenservice assistenza destek yönetici админ админка администратор администрация модератор поддержка ' +
    'техподдержка саппорт адмін адміністратор підтримка ادمین پشتیبانی دعم 客服 管理员 管理員'
  ).split(' '),
);
/** A name has at most 64 + 64 characters, a tag 16. */
const READ_MAX = 256;

const WEIGHTS = { username: 2.6, name: 1.6 } as const;
const OFFICE_WEIGHT = 1.2;

export const fakeAdmin: Check = {
  name: 'fakeAdmin',
  describe: 'A member named like one of the administrators, or who claims an office in the name or tag',
  weights: [1.2, 3.8],
  payload: true,
  find: ({ prepared, context }) => {
    const { sender } = prepared.event;
    if (!isNewcomer(context) || sender.role === 'administrator') return nothing('a known name');
    const alike = sender.likeAdministrator;
    const office = claimsOffice(prepared.name.text) || claimsOffice((sender.tag ?? '').toLowerCase());
    const weight = (alike ? WEIGHTS[alike] : 0) + (office ? OFFICE_WEIGHT : 0);
    if (weight === 0) return nothing('claims no office');
    const reasons = [alike ? `a ${alike} like an administrator's` : '', office ? 'claims an office' : ''];
    return { weight, reason: reasons.filter(Boolean).join(', ') };
  },
};

function claimsOffice(name: string): boolean {
  return name
    .slice(0, READ_MAX)
    .split(/[^\p{L}\p{M}]/u)
    .some((word) => OFFICES.has(word));
}
