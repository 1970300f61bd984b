/** @type {import('next').NextConfig} */
const config = {
  output: 'standalone',
  outputFileTracingRoot: import.meta.dirname,
  // libsql loads its binary by a computed name, which tracing cannot see.
  outputFileTracingIncludes: { '/**': ['node_modules/@libsql/**/*', 'node_modules/libsql/**/*'] },
  outputFileTracingExcludes: {
    '/**': [
      'e2e/**',
      'docs/**',
      'bench/**',
      'data/**',
      '.tmp/**',
      'node_modules/typescript/**',
      'node_modules/@esbuild/**',
    ],
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
  images: { unoptimized: true },
  typedRoutes: true,
  poweredByHeader: false,
  reactStrictMode: true,
  devIndicators: false,
};

export default config;
