/** What people are told by letter when no page of theirs is open, and in which words. */
package org.consilium.deploy.telling;
