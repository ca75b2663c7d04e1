-- People choose the language of their pages themselves.
GRANT UPDATE (language) ON platform.account TO consilium_app, consilium_worker;
