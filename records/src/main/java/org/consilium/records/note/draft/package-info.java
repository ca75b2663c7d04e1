/**
 * Notes as they are typed: lines that collide stand side by side until their author merges them.
 */
package org.consilium.records.note.draft;
