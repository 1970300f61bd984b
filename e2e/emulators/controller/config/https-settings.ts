/** `js7.web.https` and the demand for client certificates (controller-api 4.4). */
import path from 'node:path';
import { Config } from '../../shared/hocon';

export interface StoreSettings {
  readonly file: string;
  readonly storePassword: string;
  readonly keyPassword: string;
}

export interface HttpsSettings {
  readonly keystore: StoreSettings;
  readonly clientKeystore: StoreSettings | undefined;
  readonly truststores: readonly StoreSettings[];
  readonly clientAuthentication: boolean;
}

export function readHttps(config: Config, configDirectory: string): HttpsSettings {
  const store = (key: string, absentFile: string): StoreSettings => ({
    file: config.string(`${key}.file`) ?? path.join(configDirectory, 'private', absentFile),
    storePassword: config.string(`${key}.store-password`) ?? '',
    keyPassword: config.string(`${key}.key-password`) ?? config.string(`${key}.store-password`) ?? '',
  });
  const truststores = config.get('js7.web.https.truststores');
  return {
    keystore: store('js7.web.https.keystore', 'https-keystore.p12'),
    clientKeystore:
      config.get('js7.web.https.client-keystore') === undefined
        ? undefined
        : store('js7.web.https.client-keystore', 'https-client-keystore.p12'),
    truststores: (Array.isArray(truststores) ? truststores : []).map((entry) => {
      const one = new Config(entry);
      return { file: one.string('file') ?? '', storePassword: one.string('store-password') ?? '', keyPassword: '' };
    }),
    clientAuthentication: config.boolean('js7.web.server.auth.https-client-authentication', true),
  };
}
