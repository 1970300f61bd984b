/** GET /controller/api: no login, no Cache-Control; hangs with a blocked node (controller-api 1.1, 2.1). */
import fs from 'node:fs';
import os from 'node:os';
import type { JsonObject } from '../../../shared/json';
import { isReadable, type Node } from '../../node';
import { BUILD_ID, VERSION } from '../../version';
import type { Exchange } from '../exchange';
import { JSON_TYPE } from '../exchange';
import { quality } from '../negotiation';

export async function overview(node: Node, exchange: Exchange): Promise<void> {
  if (quality(exchange.accept, JSON_TYPE) === 0) return exchange.notAcceptable([JSON_TYPE]);
  await node.role.until((r) => r.phase !== 'blocked');
  const state = isReadable(node) ? node.journal.state : undefined;
  exchange.json(200, {
    id: node.settings.controllerId,
    version: VERSION,
    buildId: BUILD_ID,
    ...(state?.meta && { initiallyStartedAt: state.meta.initiallyStartedAt }),
    startedAt: node.startedAt,
    totalRunningTime: Number(node.journal.totalRunningTime.toFixed(3)),
    ...(state && { orderCount: state.orderCount }),
    system: system(),
    java: java(),
  });
}

function system(): JsonObject {
  const [free, total] = [os.freemem(), os.totalmem()];
  return {
    hostname: os.hostname(),
    distribution: distribution(),
    cpuModel: os.cpus()[0]?.model ?? 'CPU',
    mxBeans: {
      operatingSystem: {
        freePhysicalMemorySize: free,
        freeMemorySize: free,
        totalMemorySize: total,
        systemCpuLoad: 0,
        committedVirtualMemorySize: process.memoryUsage().rss,
        processCpuTime: Math.round(process.cpuUsage().user * 1000),
        totalPhysicalMemorySize: total,
        cpuLoad: 0,
        freeSwapSpaceSize: 0,
        processCpuLoad: 0,
        totalSwapSpaceSize: 0,
      },
    },
  };
}

let known: string | undefined;
function distribution(): string {
  known ??=
    /^PRETTY_NAME="?([^"\n]*)/m.exec(fs.existsSync('/etc/os-release') ? fs.readFileSync('/etc/os-release', 'utf8') : '')?.[1] ?? 'Linux';
  return known;
}

/** There is no Java here; the fields stay, their values say what runs instead. */
function java(): JsonObject {
  const { heapTotal, heapUsed } = process.memoryUsage();
  return {
    version: `0 (Handover emulation, Node ${process.versions.node})`,
    availableProcessors: os.cpus().length,
    memory: { maximum: 536_870_912, total: heapTotal, free: heapTotal - heapUsed },
    systemProperties: {
      'java.vendor': 'Handover emulation',
      'os.arch': os.arch(),
      'java.runtime.name': 'Node',
      'os.version': os.release(),
      'os.name': os.type(),
      'java.vm.name': 'V8',
      'java.version': process.versions.node,
    },
  };
}
