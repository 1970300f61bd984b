/** viewer: look. operator: also start, stop, switch over. admin: also settings and accounts. */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type AccountRole = (typeof ROLES)[number];
/** Does a role include another? */
export const includes = (has: AccountRole, needs: AccountRole): boolean => ROLES.indexOf(has) >= ROLES.indexOf(needs);
