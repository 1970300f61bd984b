import 'server-only';
import { type Problem, problem } from '../../domain/errors';
import { err, ok, type Result } from '../../domain/result';
import type { ReadConfig } from '../../ports/config';
import { includeLine } from './include';

interface Parser {
  parse(o: { text: string; strict: true; env: false; scope: object }): Promise<unknown>;
  SourceAdapter: new (...args: never[]) => object;
  registerComponent(...classes: object[]): void;
}
type Tree = Readonly<Record<string, unknown>>;

const IS_BACKUP = 'js7.journal.cluster.node.is-backup';
const NODES = 'js7.journal.cluster.nodes';
const PUBLIC = 'js7.web.server.auth.public';

let loaded: Parser | undefined;
/** The library, loaded for the first configuration that is read, without its way to files, addresses and modules: a configuration from a volume must not make us read ours. */
async function parser(): Promise<Parser> {
  if (loaded) return loaded;
  const p = (await import('@pushcorn/hocon-parser')).default as unknown as Parser;
  // It goes by the names of the classes, and a production build shortens names: they are set by hand.
  const nothing = (name: string) => Object.defineProperty(class extends p.SourceAdapter {}, 'name', { value: name });
  p.registerComponent(...['FileSource', 'HttpSource', 'HttpsSource', 'ModulepathSource'].map(nothing));
  loaded = p;
  return p;
}

/** See the port. Words of the parser are left out: they quote the text, and the text holds passwords. Only the line number is told. */
export const readConfig: ReadConfig = async ({ controllerConf, privateConf, javaOptions, env }) => {
  const ground = { ...env, js7: { 'config-directory': '/config' } };
  const main = await parse('controller.conf', controllerConf, ground);
  if (!main.ok) return main;
  let secret: Result<Tree> = ok({});
  if (privateConf !== undefined) {
    secret = await parse('private.conf', privateConf, merge(ground, main.value));
    // It seldom says anything but accounts and keys: where it cannot hold what we look for, it does no harm that it cannot be read.
    if (!secret.ok && /backup|cluster|public/.test(privateConf)) return secret;
  }
  const tree = merge(main.value, secret.ok ? secret.value : {});
  const properties = systemProperties(javaOptions ?? '');
  const value = (path: string) => properties[path] ?? at(tree, path);

  const isBackup = flag(value(IS_BACKUP));
  const publicAccess = flag(value(PUBLIC));
  if (isBackup === 'odd') return err(odd(IS_BACKUP));
  if (publicAccess === 'odd') return err(odd(PUBLIC));
  const nodes = at(tree, NODES);
  if (nodes !== undefined && !isTree(nodes)) return err(odd(NODES));
  const clusterNodes = nodes && Object.fromEntries(Object.entries(nodes).map(([id, uri]) => [id, String(uri)]));
  return ok({ isBackup, publicAccess, ...(clusterNodes && { clusterNodes }) });
};

const odd = (path: string): Problem =>
  problem('CONFIG_BROKEN', `The configuration gives ${path} a value that it cannot have.`, {
    remedy: 'A Controller would refuse to start with it. Write yes or no there.',
  });

async function parse(name: string, text: string, scope: Tree): Promise<Result<Tree>> {
  const line = includeLine(text);
  if (line !== undefined)
    return err(
      problem('CONFIG_BROKEN', `Line ${line} of ${name} includes another file. Handover does not read that, so what holds is unknown.`),
    );
  try {
    const tree = await (await parser()).parse({ text, strict: true, env: false, scope });
    return isTree(tree) ? ok(tree) : ok({});
  } catch (e) {
    const where = /line: (\d+)/.exec(String((e as Error).message))?.[1];
    return err(
      problem('CONFIG_BROKEN', `${name} cannot be read${where ? `: look at line ${where}` : ''}.`, {
        remedy: 'Check its form (HOCON). A Controller would not start with it.',
      }),
    );
  }
}

const isTree = (v: unknown): v is Tree => typeof v === 'object' && v !== null && !Array.isArray(v);
const at = (tree: Tree, path: string): unknown =>
  path.split('.').reduce<unknown>((t, key) => (isTree(t) ? t[key] : undefined), tree) ?? undefined;

function merge(a: Tree, b: Tree): Tree {
  const out: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const old = out[key];
    out[key] = isTree(old) && isTree(value) ? merge(old, value) : value;
  }
  return out;
}

/** As JS7 reads booleans: true/on/yes. Absent is no. */
function flag(v: unknown): boolean | 'odd' {
  if (v === undefined) return false;
  if ([true, 'true', 'on', 'yes'].includes(v as never)) return true;
  return [false, 'false', 'off', 'no'].includes(v as never) ? false : 'odd';
}

const systemProperties = (options: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...options.matchAll(/(?:^|\s)["']?-D([\w.-]+)=["']?([^\s"']*)/g)].map((m) => [m[1] ?? '', m[2] ?? '']));
