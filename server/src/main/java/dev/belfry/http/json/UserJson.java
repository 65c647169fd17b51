package dev.belfry.http.json;

import dev.belfry.model.Participant;
import dev.belfry.model.Participants;
import dev.belfry.model.User;

/** People (contract, models.md, User and Chat.Participants). */
final class UserJson {
  private UserJson() {}

  static dev.belfry.api.User from(User user) {
    return new dev.belfry.api.User(
        user.id().value(),
        Sparse.flag(user.cannotMessage()),
        user.email(),
        user.fullName(),
        user.imgURL(),
        Sparse.flag(user.isSelf()),
        user.phoneNumber(),
        user.username());
  }

  static dev.belfry.api.Participants from(Participants participants) {
    return new dev.belfry.api.Participants(
        participants.items().stream().map(UserJson::from).toList(),
        participants.hasMore(),
        participants.total());
  }

  private static dev.belfry.api.Participant from(Participant participant) {
    User user = participant.user();
    return new dev.belfry.api.Participant(
        user.id().value(),
        Sparse.flag(user.cannotMessage()),
        user.email(),
        user.fullName(),
        user.imgURL(),
        Sparse.flag(user.isSelf()),
        user.phoneNumber(),
        user.username(),
        Sparse.flag(participant.isAdmin()),
        Sparse.flag(participant.isNetworkBot()),
        Sparse.flag(participant.isPending()));
  }
}
