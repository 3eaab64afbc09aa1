/**
 * What flows between operators: events, and what else shares their stream; with hand-written
 * serializers.
 */
package dev.thalweg.operators.event;
