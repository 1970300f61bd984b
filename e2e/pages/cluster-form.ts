import { expect, type Locator, type Page } from '@playwright/test';
import { open } from './open';

/** A new cluster, or the settings of one. */
export class ClusterForm {
  readonly page: Page;
  readonly name: Locator;
  readonly primaryUrl: Locator;
  readonly secondaryUrl: Locator;
  readonly checks: Locator;
  readonly failure: Locator;

  constructor(page: Page) {
    this.page = page;
    this.name = page.getByLabel('Name of the cluster');
    this.primaryUrl = page.getByLabel('URL of the Primary');
    this.secondaryUrl = page.getByLabel('URL of the Secondary');
    this.checks = page.getByRole('region', { name: 'Checks' });
    this.failure = page.getByRole('alert').filter({ hasText: 'Not saved' });
  }

  async open(clusterId?: string): Promise<this> {
    await open(this.page, clusterId === undefined ? '/clusters/new' : `/clusters/${clusterId}/settings`);
    return this;
  }

  /** What a found container is used as. */
  use(container: string): Locator {
    return this.page.getByLabel(`Use ${container} as`);
  }

  found(container: string): Locator {
    return this.page.getByRole('row').filter({ has: this.page.getByText(container, { exact: true }) });
  }

  /** Presses Test and waits for its sum. */
  async test(): Promise<void> {
    await this.page.getByRole('button', { name: 'Test', exact: true }).click();
    await expect(this.checks.getByRole('status')).toContainText(/\d+ passed/, { timeout: 45_000 });
  }

  /** One line of the checks, e.g. `Primary: The Controller answers`. */
  check(title: string): Locator {
    return this.checks.getByRole('listitem').filter({ hasText: title });
  }

  async save(): Promise<void> {
    await this.page.getByRole('button', { name: /^(Save and watch|Save)$/ }).click();
  }
}
