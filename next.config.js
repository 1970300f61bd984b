/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // These load parts of themselves by computed names, which tracing cannot see.
  outputFileTracingIncludes: { '/**': ['libsql', '@libsql', '@pushcorn', 'rock-req'].map((name) => `node_modules/${name}/**/*`) },
  outputFileTracingExcludes: {
    '/**': ['e2e/**', 'docs/**', 'bench/**', 'data/**', '.tmp/**', 'node_modules/typescript/**', 'node_modules/@esbuild/**'],
  },
  serverExternalPackages: [
    'dockerode',
    'docker-modem',
    'ssh2',
    'cpu-features',
    'tar-stream',
    'libsql',
    'pino',
    'prom-client',
    'undici',
    '@pushcorn/hocon-parser',
  ],
  // Pages are loaded when somebody asks for the first time: loading all of them at the start takes longer than the first page.
  experimental: { preloadEntriesOnStart: false },
  images: { unoptimized: true },
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};

export default config;
