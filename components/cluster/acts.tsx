'use client';
import { usePathname, useSearchParams } from 'next/navigation';
import { createContext, type ReactNode, useContext, useMemo, useState, useSyncExternalStore } from 'react';
import type { Slot } from '@/lib/domain/cluster/cluster';
import type { ClusterView } from '@/lib/domain/cluster/view';
import { lazily } from '../ui/lazily';
import { instanceAt } from './model';

const ActDialog = lazily(() => import('./act-dialog').then((file) => file.ActDialog));
const LogsDrawer = lazily(() => import('./logs-drawer').then((file) => file.LogsDrawer));

export type Act = 'start' | 'stop';
interface Acts {
  /** Opens the question before the act. */
  readonly ask: (act: Act, slot: Slot) => void;
  readonly showLogs: (slot: Slot) => void;
}
const ActsContext = createContext<Acts>({ ask: () => undefined, showLogs: () => undefined });
const never = () => () => undefined;
const yes = () => true;
const no = () => false;
export const useActs = (): Acts => useContext(ActsContext);

/** Holds the one dialog and the one drawer of a cluster's page. The drawer has an address of its own: `?logs=primary`. */
export function ActsProvider({ view, children }: { view: ClusterView; children: ReactNode }) {
  const [asked, setAsked] = useState<{ act: Act; slot: Slot }>();
  const path = usePathname();
  const logs = useSearchParams().get('logs');
  const slot = logs === 'primary' || logs === 'secondary' ? logs : undefined;
  const acts = useMemo<Acts>(
    () => ({
      ask: (act, at) => {
        setAsked({ act, slot: at });
      },
      showLogs: (at) => {
        window.history.pushState(null, '', `${path}?logs=${at}`);
      },
    }),
    [path],
  );
  const instance = asked && instanceAt(view, asked.slot);
  // An open Radix dialog cannot be rendered without a document: a deep link opens it in the browser.
  const inBrowser = useSyncExternalStore(never, yes, no);
  const logged = inBrowser && slot && instanceAt(view, slot);
  return (
    <ActsContext value={acts}>
      {children}
      {asked && instance && (
        <ActDialog
          view={view}
          act={asked.act}
          instance={instance}
          onClose={() => {
            setAsked(undefined);
          }}
        />
      )}
      {logged && (
        <LogsDrawer
          clusterId={view.id}
          instance={logged}
          onClose={() => {
            window.history.replaceState(null, '', path);
          }}
        />
      )}
    </ActsContext>
  );
}
