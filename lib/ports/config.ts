/** Reads what matters to us of a Controller's configuration. One adapter: adapters/hocon. */
import type { ConfigFacts } from '../domain/journal/disk';
import type { Result } from '../domain/result';

/** The texts as found; a later one wins, as in JS7 (controller-api.md section 5). They may hold passwords: nothing of them gets into an answer or error. */
export interface ConfigTexts {
  /** config/controller.conf */
  readonly controllerConf: string;
  /** config/private/private.conf */
  readonly privateConf?: string;
  /** RUN_JS_JAVA_OPTIONS: `-Djs7...=` wins over both files. */
  readonly javaOptions?: string;
  /** Environment of the container, for `${?NAME}` in the files. */
  readonly env?: Readonly<Record<string, string>>;
}
/** CONFIG_BROKEN where a text is no HOCON, includes other files, or a value cannot be what it should. */
export type ReadConfig = (texts: ConfigTexts) => Promise<Result<Omit<ConfigFacts, 'path'>>>;
