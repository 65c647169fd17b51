package dev.belfry.model;

/** Whether a chat is with one person or with several. */
public enum ChatType {
  SINGLE,
  GROUP
}
