import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './open';

export type SlotName = 'Primary' | 'Secondary';
/** Names of the rehearsal's faults, as the page calls them. */
export type FaultName =
  | 'Kill the active one'
  | 'Start the old one'
  | 'Lose an engine’s socket'
  | 'Fill the disk'
  | 'Take the fence off'
  | 'Take the Secondary away'
  | 'Stop JOC Cockpit';

/** Sentences of a pair that is well. */
export const WELL = 'All well: the Primary is active, the Secondary is a fenced cold spare.';

/** One cluster: the picture, the guard, the events, the rehearsal's controls. */
export class ClusterPage {
  readonly page: Page;
  readonly guard: Locator;
  readonly events: Locator;
  /** The recommended next step. */
  readonly next: Locator;
  readonly rehearsal: Locator;
  readonly dialog: Locator;
  readonly live: Locator;

  constructor(page: Page) {
    this.page = page;
    this.guard = page.getByRole('region', { name: 'Guard' });
    this.events = page.getByRole('region', { name: 'Recent events' });
    this.next = page.locator('[aria-labelledby=next]');
    this.rehearsal = page.getByRole('region', { name: 'Rehearsal' });
    this.dialog = page.getByRole('dialog');
    this.live = page.getByRole('banner').getByRole('status');
  }

  async open(id = 'demo', query = ''): Promise<this> {
    await open(this.page, `/clusters/${id}${query}`);
    return this;
  }

  /** The first sentence of the page; with two alive it is its title. */
  verdict(says: string | RegExp): Locator {
    return this.page.getByRole('heading', { name: says });
  }

  card(slot: SlotName): Locator {
    return this.page.getByRole('article', { name: `${slot} Controller` });
  }

  /** What one source says, within a card: `Docker says`, `Controller says`, `On disk`. */
  says(slot: SlotName, source: 'Docker says' | 'Controller says' | 'On disk'): Locator {
    return this.card(slot)
      .locator('.says')
      .filter({ has: this.page.getByRole('heading', { name: source }) });
  }

  async menu(slot: SlotName): Promise<Locator> {
    await this.page.getByRole('button', { name: `Actions for ${slot} Controller` }).click();
    return this.page.getByRole('menu');
  }

  /** From the menu of an instance through the question to the end of the act. */
  async act(slot: SlotName, act: 'Start' | 'Stop'): Promise<void> {
    await (await this.menu(slot)).getByRole('menuitem', { name: act }).click();
    await this.confirm(new RegExp(`^${act} `));
  }

  /** Answers the open question with the button of that name, and waits until it is gone. */
  async confirm(button: string | RegExp): Promise<void> {
    await this.dialog.getByRole('button', { name: button }).click();
    await expect(this.dialog).toBeHidden({ timeout: 30_000 });
  }

  fault(name: FaultName, act: 'provoke' | 'end'): Locator {
    return this.rehearsal.getByRole('button', { name: `${name}: ${act}` });
  }

  async provoke(name: FaultName): Promise<void> {
    await this.fault(name, 'provoke').click();
    await expect(this.fault(name, 'end')).toBeVisible();
  }

  async end(name: FaultName): Promise<void> {
    await this.fault(name, 'end').click();
    await expect(this.fault(name, 'provoke')).toBeVisible();
  }

  exercise(title: string): Locator {
    return this.rehearsal.getByRole('listitem').filter({ hasText: title });
  }

  async expectWell(): Promise<void> {
    await expect(this.verdict(WELL)).toBeVisible({ timeout: 30_000 });
    await expect(this.guard).toContainText('Exactly one may live: OK.');
  }
}
