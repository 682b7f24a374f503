"""Answers to assignment 3 that are wrong, each in a way that beginners are wrong.

A function's name is the exercise's, two underscores, and what is wrong with it.
"""

import keras
import numpy as np
import tensorflow as tf


def forward_propagation__valid(X, parameters):
    A1 = tf.nn.relu(tf.nn.conv2d(X, parameters["W1"], strides=1, padding="VALID"))
    P1 = tf.nn.max_pool2d(A1, 8, 8, "SAME")
    A2 = tf.nn.relu(tf.nn.conv2d(P1, parameters["W2"], strides=1, padding="VALID"))
    P2 = tf.nn.max_pool2d(A2, 4, 4, "SAME")
    return parameters["dense"](keras.layers.Flatten()(P2))


def forward_propagation__softmax(X, parameters):
    A1 = tf.nn.relu(tf.nn.conv2d(X, parameters["W1"], strides=1, padding="SAME"))
    P1 = tf.nn.max_pool2d(A1, 8, 8, "SAME")
    A2 = tf.nn.relu(tf.nn.conv2d(P1, parameters["W2"], strides=1, padding="SAME"))
    P2 = tf.nn.max_pool2d(A2, 4, 4, "SAME")
    return tf.nn.softmax(parameters["dense"](keras.layers.Flatten()(P2)))


def compute_cost__summed(Z3, Y):
    return tf.reduce_sum(tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=Z3))


def model__parameters_forgotten(
    X_train, Y_train, X_test, Y_test, learning_rate=0.005, num_epochs=100, minibatch_size=64
):
    parameters = initialize_parameters()
    forward_propagation(X_train[:1], parameters)
    costs = [float(compute_cost(forward_propagation(X_train, parameters), Y_train))] * num_epochs
    answers = [
        np.mean(np.argmax(forward_propagation(X, parameters), axis=1) == np.argmax(Y, axis=1))
        for X, Y in ((X_train, Y_train), (X_test, Y_test))
    ]
    history = {"costs": costs, "train_accuracy": answers[0], "test_accuracy": answers[1]}
    return parameters, history


def model__accuracies_made_up(
    X_train, Y_train, X_test, Y_test, learning_rate=0.005, num_epochs=100, minibatch_size=64
):
    parameters = initialize_parameters()
    forward_propagation(X_train[:1], parameters)
    for variable in (parameters["W1"], parameters["W2"], parameters["dense"].bias):
        variable.assign_add(np.full(variable.shape, 0.01, np.float32))
    costs = np.linspace(1.8, 0.1, num_epochs).tolist()
    return parameters, {"costs": costs, "train_accuracy": 0.99, "test_accuracy": 0.98}
