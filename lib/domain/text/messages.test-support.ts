import { en } from './en';
import type { Message } from './message';

const isMessage = (value: object): value is Message => typeof (value as Message).key === 'string' && (value as Message).key.includes('.');

/** All messages in a value, however deep. */
export function messagesIn(value: unknown): Message[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(isMessage(value) ? [value] : []), ...Object.values(value).flatMap(messagesIn)];
}

/** Throws for a message without a text, or with a parameter missing, superfluous or undefined. */
export function assertMessages(value: unknown): void {
  for (const message of messagesIn(value)) {
    const text = en[message.key];
    if (text === undefined) throw new Error(`No text for ${message.key}`);
    const wanted = [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] as string);
    const given = Object.keys(message.params ?? {});
    const missing = wanted.filter((name) => message.params?.[name] === undefined);
    if (missing.length > 0) throw new Error(`${message.key} lacks ${missing.join(', ')}`);
    // Texts of the runbook's table are all given both names; not every one needs them.
    const table = /^(step|run\.stopped)\./.test(message.key) ? ['source', 'target'] : [];
    const more = given.filter((name) => !wanted.includes(name) && !table.includes(name));
    if (more.length > 0) throw new Error(`${message.key} has ${more.join(', ')}, which its text does not use`);
  }
}
