/** The people of a room. */

export { PeoplePanel } from './PeoplePanel';
