import { inject } from 'vitest';
import { engineSuite } from '../engine.suite';
import { dockerWorld } from './testing/world';

engineSuite('Docker Engine', () => dockerWorld(inject('dockerSocket')));
